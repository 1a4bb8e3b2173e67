-- Nobody asks when a pair changed. The view is the same, made anew without that column.

-- Up Migration

drop view waiting_pair;
alter table pair drop column changed_at;

-- Pairs that nobody has judged, of entries that stand for themselves, with how many mentions tell of the entries now.
-- Who was unsure is asked again when a side says something else and it made a difference to the matcher.
create view waiting_pair as
  select pair.*, told.mentions,
    -- Doubt is how near the score is to even odds; what many pages tell of matters more.
    (1.05 - abs(2 * pair.score - 1)) * (1 + ln(1 + told.mentions)) as priority
  from pair
  join initiative entry on entry.id = pair.initiative_id and entry.merged_into is null
  left join initiative other on other.id = pair.other_id
  left join mention on mention.id = pair.mention_id
  join lateral (select count(*)::int as mentions from mention
    where mention.initiative_id in (pair.initiative_id, pair.other_id) and missing_count = 0) told on true
  left join lateral (
    select judgement.verdict, judgement.basis from judgement
    left join decision on decision.id = judgement.decision_id
    where decision.undone_at is null
      and (judgement.a, judgement.b) in (
        (pair.initiative_id, coalesce(pair.other_id, pair.mention_id)), (coalesce(pair.other_id, pair.mention_id), pair.initiative_id))
      and (judgement.b_kind = 'mention') = (pair.mention_id is not null)
    order by judgement.id desc limit 1
  ) judged on true
  where other.merged_into is null
    and (pair.mention_id is null or (mention.initiative_id is null and mention.missing_count = 0))
    and (judged.verdict is null or (
      judged.verdict = 'unsure' and judged.basis ->> 'fingerprint' <> pair.fingerprint
      and (judged.basis ->> 'verdict' <> pair.verdict or abs((judged.basis ->> 'score')::float - pair.score) >= 0.1)));
