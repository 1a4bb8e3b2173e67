import type { RelationKind } from "@waymark/domain";
import { foldName, matchesOf } from "@waymark/normalize";
import { namePhrase } from "../names/name-phrase.ts";
import { type Finding, proves, type Stretch, wordsOf } from "../values/finding.ts";
import { isAboutSubject, maskNames } from "./act.ts";
import type { Setting } from "./event-part.ts";

/** How the subject stands to something else that the page names, with its proof. */
export type FoundRelation = { kind: RelationKind; name: string; evidence: Finding };

const effortWord =
  "(?:initiative|program|project|network|effort|pilot|campaign|partnership|service|tool|platform)";
const ordinal = "(?:first|second|third|fourth|fifth|next|latest|current|final|pilot)";

/** What stands between the subject and the name; the effort is the `kind` of what is named. */
const cues: readonly { kind: RelationKind; pattern: RegExp }[] = [
  {
    kind: "successor",
    pattern:
      /\s(?:(?:is|was)\s+the\s+(?:direct\s+)?successor\s+(?:to|of)|(?:grew|evolved|emerged|developed|arose)\s+(?:out\s+of|from)|(?:builds?|built)\s+(?:directly\s+)?on\s+the\s+work\s+of|(?:succeeds|succeeded|replaces|replaced|supersedes|superseded))\s+/giu,
  },
  {
    kind: "predecessor",
    pattern:
      /\s(?:(?:was|is|has\s+been|will\s+be)\s+(?:later\s+|now\s+)?(?:succeeded|replaced|superseded)\s+by|gave\s+way\s+to|led\s+to\s+the\s+creation\s+of|is\s+the\s+predecessor\s+(?:to|of))\s+/giu,
  },
  {
    kind: "phase_of",
    pattern: new RegExp(
      String.raw`\s(?:is|was|marks|represents)\s+(?:the\s+)?(?:${ordinal}\s+(?:phase|stage|round|cohort)|phase\s+(?:one|two|three|\d+|[IVX]+))\s+of\s+`,
      "giu",
    ),
  },
  {
    kind: "member_of",
    pattern:
      /\s(?:is|became)\s+(?:an?|one\s+of\s+the|the\s+\w+)\s+(?:\p{Ll}+\s+)?members?\s+of\s+/giu,
  },
  {
    kind: "product_of",
    pattern:
      /\s(?:is|was)\s+(?:an?|the)\s+(?:\p{Ll}+\s+)?(?:product|tool|service|offering|spin-?off)\s+(?:of|from|by)\s+/giu,
  },
  {
    kind: "part_of",
    pattern: new RegExp(
      String.raw`\s(?:(?:is|was)\s+(?:(?:a|one|an\s+\p{Ll}+)\s+)?(?:part|component|pillar|strand|element|arm|${effortWord})\s+(?:of|under|within)|(?:operates|sits|runs)\s+(?:as\s+part\s+of|under|within))\s+`,
      "giu",
    ),
  },
  {
    kind: "funded_by",
    pattern:
      /\s(?:is|was|has\s+been)\s+(?:fully\s+|primarily\s+|jointly\s+)?(?:funded|financed|underwritten)(?:\s+in\s+part)?\s+by\s+/giu,
  },
  {
    kind: "steward_of",
    pattern: /\s(?:is|serves\s+as)\s+the\s+(?:steward|home|custodian|maintainer)\s+of\s+/giu,
  },
];

/** "the", "a pilot called the". */
const beforeName =
  /^(?:an?\s+(?:\p{Ll}[\p{Ll}-]*\s+){1,4}(?:called|named|known\s+as)\s+)?(?:(?:the|an?|its)\s+)?["\u201c]?/iu;

/** Relations that a sentence tells of the subject. Somebody else's, denied or only wished-for ones are none. */
export function readRelations(sentence: Stretch, setting: Setting): FoundRelation[] {
  const text = wordsOf(sentence);
  const masked = maskNames(text, setting.subject);
  const trust = { pronouns: !setting.isNews, silence: false };
  return cues.flatMap(({ kind, pattern }) =>
    matchesOf(masked, pattern).flatMap((match) => {
      const before = masked.slice(0, match.index);
      if (/\b(?:not|never|if|unless|should|could|would|might|may)\b/.test(before.slice(-60)))
        return [];
      if (!isAboutSubject(before, trust)) return [];
      const rest = text.slice(match.index + match[0].length).replace(beforeName, "");
      const name = /^\p{Lu}/u.test(rest) ? namePhrase(rest) : undefined;
      if (!name || setting.subject.names.some((own) => foldName(own) === foldName(name))) return [];
      return [{ kind, name, evidence: proves("relation", name, sentence, "sentence", 0.75) }];
    }),
  );
}
