-- The judgements that stand, told once for all who ask: the newest on each pair that came with no decision which was undone.

-- Up Migration

create view standing_judgement as
  select distinct on (judgement.a_kind, judgement.a, judgement.b_kind, judgement.b) judgement.*
  from judgement left join decision on decision.id = judgement.decision_id
  where decision.undone_at is null
  order by judgement.a_kind, judgement.a, judgement.b_kind, judgement.b, judgement.id desc;
