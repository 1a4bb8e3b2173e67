import type { Match, RelationKind } from "@waymark/domain";

/** A relation that a reason tells: which of the two names is `kind` the other. */
export type ToldRelation = { of: "a" | "b"; kind: RelationKind };

const product =
  "software|tool|app|format|framework|playbooks?|product line|website|content|outputs";
const stretch = "phase|stage|round|cohort|edition";

/**
 * What the words of a reason say of the first name and the second, in the order in which they are tried. A
 * reason that tells two of one body ("two working groups of one board") or only a difference tells none.
 */
const cues: readonly { words: RegExp; told: ToldRelation[] }[] = [
  {
    words: new RegExp(
      `^(?:predecessor and successor|(?:first|${stretch}) (?:one )?and (?:second|${stretch} two)\\b)`,
    ),
    told: [{ of: "a", kind: "predecessor" }],
  },
  { words: /\bmerged into\b|\babsorbed by\b/, told: [{ of: "a", kind: "merged_into" }] },
  {
    words: new RegExp(`^(?:${stretch}) \\w+ vs (?:the whole|its|the)\\b`),
    told: [
      { of: "a", kind: "phase_of" },
      { of: "a", kind: "part_of" },
    ],
  },
  {
    words: new RegExp(`\\bvs (?:its|the)\\b.*\\b(?:${stretch})\\b`),
    told: [{ of: "b", kind: "phase_of" }],
  },
  { words: /\bgrantees\b/, told: [{ of: "b", kind: "funded_by" }] },
  { words: /\bvs the (?:grant|fund) that pays for it\b/, told: [{ of: "a", kind: "funded_by" }] },
  { words: /\bvs (?:its )?parent\b/, told: [{ of: "a", kind: "part_of" }] },
  { words: /\bvs one of its (?:\w+ )?members\b/, told: [{ of: "b", kind: "member_of" }] },
  {
    words: /\bvs one of its (?:\w+ )?(?:components|parts|chapters|projects)\b/,
    told: [{ of: "b", kind: "part_of" }],
  },
  {
    words: /\bvs the \w+ (?:it|that it) (?:runs|keeps|hosts)\b/,
    told: [{ of: "a", kind: "steward_of" }],
  },
  {
    words: /^organi[sz]ation\b.*\bthe (?:programme|program|project)['’]s\b/,
    told: [{ of: "a", kind: "steward_of" }],
  },
  {
    words: new RegExp(
      `\\bvs (?:the \\w+ it (?:produced|made|wrote|publishes)|the (?:${product}) that serves it|its (?:${product})|an? (?:${product})\\b|\\w+ of its (?:${product}))`,
    ),
    told: [{ of: "b", kind: "product_of" }],
  },
];

/** The relations between two names that a reason why they differ tells; either of several will do. */
export function relationsTold(why: string): ToldRelation[] {
  const words = why.toLowerCase();
  return cues.find((cue) => cue.words.test(words))?.told ?? [];
}

/** Whether a match of the first name against the second names one of the relations, in either direction. */
export function namesRelation(
  { verdict, relation, relationFrom }: Match,
  told: ToldRelation[],
): boolean {
  if (verdict !== "related" || !relation) return false;
  const named: ToldRelation = { of: relationFrom === "candidate" ? "b" : "a", kind: relation };
  return told.some((one) => isSame(one, named) || isSame(turned(one), named));
}

const isSame = (one: ToldRelation, other: ToldRelation): boolean =>
  one.of === other.of && one.kind === other.kind;

const wayBack: { [kind in RelationKind]?: RelationKind } = {
  ...{ predecessor: "successor", successor: "predecessor" },
  ...{ product_of: "steward_of", steward_of: "product_of" },
};

/** The same relation told from the other side, where there is a word for it. */
function turned({ of, kind }: ToldRelation): ToldRelation {
  const back = wayBack[kind];
  return back ? { of: of === "a" ? "b" : "a", kind: back } : { of, kind };
}
