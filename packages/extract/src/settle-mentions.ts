import type { Issue, Mention } from "@waymark/domain";
import { foldName } from "@waymark/normalize";
import { type Draft, sortEvidence, toMention } from "./mention.ts";
import type { Context } from "./page/site.ts";

/** Drafts become mentions: one a name, in the order of the page, with keys that no other one has. */
export function settleMentions(
  ctx: Context,
  drafts: readonly Draft[],
): { mentions: Mention[]; issues: Issue[] } {
  const made = drafts
    .map((draft) => toMention(ctx, draft))
    // Of some lines nothing is left once what stands before and behind a name is taken off.
    .filter(({ mention }) => foldName(mention.name) !== "");
  const byName = new Map<string, Mention>();
  for (const { mention } of made) {
    const name = foldName(mention.name);
    const known = byName.get(name);
    // Rows that tell of one effort several times are one mention: the one that says most.
    if (!known) byName.set(name, mention);
    else if (mention.evidence.length > known.evidence.length)
      byName.set(name, { ...describedAs(mention, known), range: known.range });
    else byName.set(name, describedAs(known, mention));
  }
  const mentions = [...byName.values()].sort(
    (a, b) => a.range.start - b.range.start || (a.name < b.name ? -1 : 1),
  );
  const keys = new Map<string, number>();
  for (const mention of mentions) keys.set(mention.key, (keys.get(mention.key) ?? 0) + 1);
  return {
    mentions: mentions.map((mention) =>
      (keys.get(mention.key) ?? 0) > 1
        ? { ...mention, key: foldName(mention.name) || mention.key }
        : mention,
    ),
    issues: made.flatMap(({ issues }) => issues),
  };
}

/** A mention that a row of a table says much of, with what a paragraph elsewhere says that it is. */
function describedAs(mention: Mention, other: Mention): Mention {
  if (mention.description || !other.description) return mention;
  const told = other.evidence.filter(({ field }) => field === "description");
  return {
    ...mention,
    description: other.description,
    relevance: other.relevance,
    evidence: sortEvidence([...mention.evidence, ...told]),
  };
}
