import {
  findOrganizations,
  type Gazetteer,
  knownOrganization,
  looksLikeOrganization,
  matchesOf,
} from "@waymark/normalize";
import { type Finding, proves, type Stretch, within, wordsOf } from "./finding.ts";
import { splitOrganizations } from "./organization-list.ts";
import { mainClauseOf, namesAny, type Subject, tellsOf } from "./sentence.ts";

type OrganizationField = "leadOrganization" | "funders" | "partners";

const passive = String.raw`(?:(?:is|are|was|were|being|been)\s+)?(?:now |currently |jointly |co-)?`;
const leadVerb =
  "(?:led|managed|administered|operated|run|coordinated|convened|stewarded|hosted|overseen|housed|facilitated|spearheaded|directed|maintained)";

/** Words that stand before the name of an organization and say what it is to the effort. */
const organizationCues: readonly {
  field: OrganizationField;
  pattern: RegExp;
  sure: number;
  free?: true;
}[] = [
  {
    field: "leadOrganization",
    sure: 0.8,
    pattern: new RegExp(
      String.raw`\b${passive}${leadVerb}(?:\s+and\s+\w+ed)?\s+(?:by|at|within)\s+(?:the\s+)?`,
      "gi",
    ),
  },
  {
    field: "leadOrganization",
    sure: 0.7,
    pattern:
      /\b(?:is|as)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,4}?(?:initiative|program|programme|project|effort|service|division|product)\s+(?:of|from|by)\s+(?:the\s+)?(?=\p{Lu})/giu,
  },
  {
    field: "funders",
    sure: 0.8,
    free: true,
    pattern:
      /\bfunding\s+(?:comes|came|is provided|was provided|provided|support(?:\s+is)?\s+provided|for [^.]{3,60}?\s(?:comes|is provided|was provided))\s+(?:from|by)\s+(?:the\s+)?/gi,
  },
  {
    field: "funders",
    sure: 0.75,
    pattern: new RegExp(
      String.raw`\b${passive}(?:funded|financed|underwritten|bankrolled)(?:\s+(?:in part|primarily|entirely|jointly|principally))?\s+(?:by|through)\s+(?:the\s+)?`,
      "gi",
    ),
  },
  {
    field: "funders",
    sure: 0.7,
    pattern: new RegExp(
      String.raw`\b${passive}(?:generously\s+)?(?:supported|sponsored|backed|seeded)(?:\s+in part)?\s+by\s+(?:the\s+)?`,
      "gi",
    ),
  },
  {
    field: "funders",
    sure: 0.75,
    free: true,
    pattern:
      /\bwith\s+(?:the\s+|an?\s+)?(?:generous\s+|financial\s+|initial\s+|additional\s+)*(?:support|funding|grants?|seed funding|investment)\s+(?:from|of|by)\s+(?:the\s+)?/gi,
  },
  {
    field: "leadOrganization",
    sure: 0.75,
    pattern:
      /^an?\s+(?:[\p{L}-]+\s+){0,3}(?:initiative|program|programme|project|effort|service)\s+of\s+(?:the\s+)?(?=\p{Lu})/giu,
  },
  {
    field: "funders",
    sure: 0.75,
    free: true,
    pattern:
      /\bmade\s+possible\s+(?:in part\s+)?(?:by|through|with|thanks to)\s+(?:the\s+)?(?:generous\s+)?(?:(?:a|an)\s+)?(?:[\w$.,-]+\s+){0,4}?(?:(?:support|funding|grants?|gifts?|investments?|contributions?)\s+(?:from|of|by)\s+)?(?:the\s+)?(?=\p{Lu})/giu,
  },
  {
    field: "funders",
    sure: 0.65,
    pattern:
      /\b(?:received|through|via|thanks to)\s+(?:an?\s+)?(?:[\w$.,-]+\s+){0,5}?(?:grants?|awards?|gift|funding|investments?)\s+from\s+(?:the\s+)?/gi,
  },
  {
    field: "partners",
    sure: 0.8,
    free: true,
    pattern:
      /\b(?:(?:our|its|key|project|national|founding|core|other|current)\s+){0,4}(?:partners?|partner organizations|collaborators|participating (?:organizations|institutions|colleges))\s+(?:currently\s+)?(?:include|includes|including|are)\s*:?\s+(?:the\s+)?/gi,
  },
  {
    field: "partners",
    sure: 0.7,
    pattern:
      /\b(?:in\s+(?:close\s+)?(?:partnership|collaboration|cooperation|conjunction)|partner(?:s|ing|ed)|collaborat(?:es|ing|ed)|work(?:s|ing)\s+closely|jointly)\s+with\s+(?:the\s+)?/gi,
  },
];

/** Where the names after a cue end. */
const objectEnd =
  /[;:(\u2014\u2013]|,\s+(?:it|they|we|this\s+\p{Ll}+|the\s+\p{Ll}+)\s|,?\s+(?:which|that|who|whose|where|when|while|since|because|through|throughout|using|via|under|during|beginning|starting|as\s+(?:part|well\s+as\s+(?:with\s+)?\p{Ll})|has|have|had|is|are|was|were|will|would|can|may|in\s+(?:\d{4}|partnership|collaboration|\p{Ll}|the\s+\p{Ll})|on\s+(?:an?\b|the\s+\p{Ll}|\p{Ll})|(?:to|for|with)\s+(?:(?:the|an?)\s+)?(?!(?:the|an?)\s)\p{Ll}|and\s+(?:(?:is|are|was|were|it|its|has|have|began|began|with|in|supported|funded|launched|led|other|others|more|a|an|additional|local|many|several|reaches|serves|runs)\b|\p{Ll}+(?:s|ed|ing)\s))|\.(?=\s+\p{Lu}\p{Ll}*\s)|\.$/u;

/** Who leads, pays for and works along with the subject, as a sentence says. */
export function readOrganizations(
  sentence: Stretch,
  subject: Subject,
  gazetteer: Gazetteer,
): Finding[] {
  const text = wordsOf(sentence);
  const findings: Finding[] = readDoers(sentence, subject, gazetteer);
  // What the opening of a sentence says is said of the subject of its main clause.
  const main = mainClauseOf(text);
  const isOpeningOfIt = main > 0 && tellsOf(subject, text.slice(main, main + 120));
  for (const { field, pattern, sure, free } of organizationCues) {
    for (const match of matchesOf(text, pattern)) {
      const isOfIt =
        match.index < main ? isOpeningOfIt : tellsOf(subject, text.slice(0, match.index));
      if (!free && !isOfIt) continue;
      const from = match.index + match[0].length;
      const object = objectAt(sentence, from, gazetteer);
      const listed = splitOrganizations(object, gazetteer).filter(
        ({ name }) => !subject.names.includes(name),
      );
      const taken = field === "leadOrganization" ? leadOf(object, listed) : listed;
      for (const { name, stretch } of taken) {
        findings.push(
          proves(field, name, field === "leadOrganization" ? sentence : stretch, "sentence", sure),
        );
      }
    }
  }
  return findings;
}

const doings: readonly { field: OrganizationField; pattern: RegExp }[] = [
  {
    field: "leadOrganization",
    pattern:
      /\s(?:leads|manages|coordinates|administers|runs|operates|oversees|convenes|stewards|directs|hosts)\s+/u,
  },
  {
    field: "funders",
    pattern:
      /\s(?:also\s+)?(?:funds|funded|finances|underwrites|(?:provides?|provided|contributes?|contributed)\s+(?:\p{L}+\s+)?(?:funding|grants|financial support|a grant)|(?:has|have)\s+(?:funded|awarded))(?=[\s.,])/u,
  },
  {
    field: "partners",
    pattern: /\s(?:are|have been|serve as|act as)\s+(?:\p{Ll}+\s+){0,2}partners(?=[\s.,])/u,
  },
];

/** "Harbor College leads the effort", "The Rowan Foundation also provides funding": who does what for the subject. */
function readDoers(sentence: Stretch, subject: Subject, gazetteer: Gazetteer): Finding[] {
  const text = wordsOf(sentence);
  return doings.flatMap(({ field, pattern }) => {
    const match = pattern.exec(text);
    if (!match) return [];
    const opening = /^(?:(?:Since|In|From|As of)\s(?:\p{L}+\s)?\d{4},?\s+)?(?:the\s+)?/iu.exec(
      text,
    )![0].length;
    const doers = splitOrganizations(within(sentence, opening, match.index), gazetteer);
    const isNamed = doers.every(
      ({ name }) => looksLikeOrganization(name) || knownOrganization(name, gazetteer) !== undefined,
    );
    if (match.index <= opening || doers.length === 0 || !isNamed) return [];
    const object = text.slice(match.index + match[0].length).replace(/^\s+/, "");
    // Of something else that is led or paid for the sentence says its name.
    if (object !== "" && field === "leadOrganization" && !tellsOf(subject, object)) return [];
    if (
      field !== "leadOrganization" &&
      /^(?:the\s+|an?\s+)?\p{Lu}/u.test(object) &&
      !namesAny(subject.names, object)
    )
      return [];
    const own = doers.filter(({ name }) => !subject.names.includes(name));
    const taken = field === "leadOrganization" ? own.slice(0, 1) : own;
    return taken.map(({ name, stretch }) => proves(field, name, stretch, "sentence", 0.65));
  });
}

/** The organizations that a sentence goes on to name from a place in it. */
export const organizationsAt = (
  sentence: Stretch,
  from: number,
  gazetteer: Gazetteer,
): ReturnType<typeof splitOrganizations> =>
  splitOrganizations(objectAt(sentence, from, gazetteer), gazetteer);

const objectAt = (sentence: Stretch, from: number, gazetteer: Gazetteer): Stretch =>
  within(sentence, from, from + endOfObject(wordsOf(sentence).slice(from), gazetteer));

/** Where the names after a cue end; a known name is never cut, whatever words it holds. */
function endOfObject(rest: string, gazetteer: Gazetteer): number {
  const known = findOrganizations(rest.slice(0, 400), gazetteer).filter((one) => one.known);
  let hidden = protectInitials(rest);
  for (const { start, end } of known)
    hidden = hidden.slice(0, start) + "X".repeat(end - start) + hidden.slice(end);
  return objectEnd.exec(hidden)?.index ?? rest.length;
}

/** Full stops inside names ("U.S. Department", "Ada M. Rowan") end no sentence; same length. */
const protectInitials = (text: string): string =>
  text.replace(/(?<![\p{L}&])(\p{Lu}|Inc|St|Co|Corp|Jr)\.(?=\s|\p{Lu}|,)/gu, "$1\u00b7");

/** Two leads named together ("Pine College and Oak Trust") are one value, as the page writes it. */
function leadOf(object: Stretch, listed: ReturnType<typeof splitOrganizations>): typeof listed {
  if (listed.length < 2) return listed;
  const name = wordsOf(object).replace(/[.,]$/, "");
  // "Center on Skills, Work & Policy, Pine University" is a department with its university.
  const isOne = listed.length === 2 || !looksLikeOrganization(listed[0]!.name);
  return isOne && name.length < 100 && /^\p{Lu}/u.test(name)
    ? [{ name, stretch: object }]
    : listed.slice(0, 1);
}
