import type { Knowledge } from "@waymark/domain";
import { termsIn } from "./terms.ts";

/** How much a text belongs to learning and work, and why. */
export type Relevance = { score: number; reasons: string[] };

/** Phrases of the field with their weight; a curator's own words come with `Knowledge`. */
const forIt: readonly { reason: string; weight: number; pattern: RegExp }[] = [
  {
    reason: "credentials",
    weight: 3,
    pattern:
      /\b(?:(?:micro|non|digital )?-?credential(?:s|ing|ed)?|microcredentials?|certificat(?:es?|ions?)|badges?|licensure|(?:get|become|be|professional|occupational) licens(?:ed|es?|ing)|(?<!\b(?:open|source|software|commons|driver['\u2019]?s|marriage|liquor|business|dog|fishing|hunting|under an?|under the|MIT|BSD|Apache)[- ])licenses?|degrees?|diplomas?|transcripts?|learning and employment records?|LERs?)\b/gi,
  },
  {
    reason: "apprenticeship and training",
    weight: 3,
    pattern:
      /\b(?:(?:pre-?)?apprentice\w*|internships?|job training|training (?:programs?|providers?)|upskill\w*|reskill\w*|on-the-job|(?:re)?trains?|(?:re)?training|(?:re)?trained|work-based learning|career and technical|vocational|trainees?)\b/gi,
  },
  {
    reason: "workforce",
    weight: 3,
    pattern:
      /\b(?:workforce|talent(?! (?:shows?|agency|contest))|r\u00e9sum\u00e9s?|learn(?:ing)?[- ](?:and|&)[- ](?:earn|work)|earn(?:ing)?[- ](?:and|&)[- ]learn|labor (?:market|force|value)|employability|hir(?:es?|ed|ing)|job ?seekers?|job quality|good jobs|career(?:s| pathways?| readiness| navigation)?|occupations?)\b/gi,
  },
  {
    reason: "skills",
    weight: 2,
    pattern: /\b(?:skills?(?:-based|-first)?|competenc(?:y|ies)|competency-based)\b/gi,
  },
  {
    reason: "employers and jobs",
    weight: 1.5,
    pattern:
      /\b(?:employers?|employment|workers?|jobs?|technicians?|wages?|unemploy\w+|entrepreneurs?hip)\b/gi,
  },
  {
    reason: "colleges",
    weight: 2,
    pattern:
      /\b(?:colleges?|universit(?:y|ies)|higher education|post-?secondary|community colleges?|campus(?:es)?|undergraduates?|faculty|registrars?|attainment|financial aid|tuition|transfer credits?|credits? (?:transfer|for prior)|degree completion|adult learners?)\b/gi,
  },
  {
    reason: "education",
    weight: 1.2,
    pattern:
      /\b(?:education(?:al)?|learn(?:ers?|ing)|students?|schools?|teach(?:ers?|ing|es)?|(?:study|studies|studying) for|curricul(?:um|a)|literacy|scholarships?|fellowships?|classrooms?|instruction|academic|K-?12|STEM|course(?:s|work)?)\b/gi,
  },
];

const against: readonly { reason: string; weight: number; pattern: RegExp }[] = [
  {
    reason: "arts and culture",
    weight: 2,
    pattern:
      /\b(?:museums?|symphon(?:y|ies)|orchestras?|galler(?:y|ies)|theat(?:er|re)s?|dance|exhibit(?:s|ions?)?|opera|murals?|artists?|poetry|film festival|performing arts|choirs?|sculptures?)\b/gi,
  },
  {
    reason: "health care",
    weight: 2,
    pattern:
      /\b(?:clinics?|patients?|vaccin\w+|cancer|diabetes|hospitals?|maternal health|mental health|dental|nutrition|hiv|immuniz\w+|medicaid|medicare|opioid|disease|prenatal|hospice|nursing homes?)\b/gi,
  },
  {
    reason: "environment",
    weight: 2,
    pattern:
      /\b(?:climate|conservation|wetlands?|watersheds?|wildlife|habitats?|forests?|emissions?|biodiversity|rivers?|recycling|pollution|endangered|oceans?|trails?|clean (?:air|water)|greenhouse|solar)\b/gi,
  },
  {
    reason: "animals",
    weight: 2.5,
    pattern:
      /\b(?:animal (?:shelters?|welfare)|pets?|dogs?|cats?|veterinar\w+|spay|livestock|zoo)\b/gi,
  },
  {
    reason: "housing and relief",
    weight: 1.5,
    pattern:
      /\b(?:affordable housing|homeless\w*|shelters?|food (?:bank|pantry|insecurity)|disaster relief|evict\w+|flood\w*|emergency (?:relief|management))\b/gi,
  },
  {
    reason: "faith, sport and leisure",
    weight: 1.5,
    pattern:
      /\b(?:church(?:es)?|worship|ministry|soccer|basketball|baseball|little league|tournaments?|playgrounds?|parks and recreation|festivals?)\b/gi,
  },
  {
    reason: "justice and safety",
    weight: 1,
    pattern:
      /\b(?:police|policing|prosecut\w+|voting rights|elections?|gun violence|firearms?|immigration enforcement|litigation)\b/gi,
  },
];

/** A kind of words and how often a text holds them. */
type Tally = { reason: string; weight: number; hits: readonly string[][] };

/**
 * Whether something belongs to learning and work. Words in the name count most, those of its own
 * description once, those of the page around it a little; more of the same word adds less and less.
 */
export function relevanceOf(
  { name, description, around }: { name: string; description: string; around: string },
  knowledge: Knowledge,
): Relevance {
  // "SkillsWorks" is two words of which one tells.
  const texts = [
    name.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 "),
    description.slice(0, 3000),
    around.slice(0, 1500),
  ];
  const pro = weigh([...builtIn(forIt, texts), ...curated("relevance", texts, knowledge)]);
  const con = weigh([...builtIn(against, texts), ...curated("irrelevance", texts, knowledge)]);
  const sum = (list: { sum: number }[]) => list.reduce((total, one) => total + one.sum, 0);
  // Where two kinds of words speak for it, the other field is what is taught or worked in: "solar" beside jobs and skills.
  const balance = sum(pro) - (pro.length > 1 ? 0.65 : 1.3) * sum(con);
  // Nothing said either way leaves the question open, a little below the middle.
  const score = 1 / (1 + Math.exp(-(balance - 1) / 2.5));
  const reasons = [
    ...pro.map((one) => ({ ...one, sign: 1 })),
    ...con.map((one) => ({ ...one, sign: -1 })),
  ]
    .sort((a, b) => b.sum - a.sum || (a.reason < b.reason ? -1 : 1))
    .slice(0, 4)
    .map(
      ({ reason, first, sign }) =>
        `${sign > 0 ? "tells of" : "is rather about"} ${reason} ("${first}")`,
    );
  return { score: Math.round(score * 1000) / 1000, reasons };
}

/** How much a word of the name, of the description and of the page around counts. */
const factors = [2.5, 1, 0.25] as const;

const weigh = (tallies: Tally[]): { reason: string; first: string; sum: number }[] =>
  tallies.flatMap(({ reason, weight, hits }) => {
    const first = hits.flat()[0];
    const sum = hits.reduce(
      (total, all, at) => total + factors[at]! * Math.log2(1 + all.length),
      0,
    );
    return first === undefined ? [] : [{ reason, first, sum: sum * weight }];
  });

const builtIn = (rules: typeof forIt, texts: readonly string[]): Tally[] =>
  rules.map(({ reason, weight, pattern }) => ({
    ...{ reason, weight },
    hits: texts.map((text) => text.match(pattern) ?? []),
  }));

/** What a curator's own words say, each term a reason of its own. */
function curated(
  vocabulary: "relevance" | "irrelevance",
  texts: readonly string[],
  knowledge: Knowledge,
): Tally[] {
  const found = texts.map((text) => termsIn(text, knowledge, [vocabulary]));
  const labels = new Set(found.flat().map(({ term }) => term.label));
  return [...labels].map((label) => ({
    ...{ reason: label, weight: 3 },
    hits: found.map((all, at) =>
      all
        .filter(({ term }) => term.label === label)
        .map(({ from, to }) => texts[at]!.slice(from, to)),
    ),
  }));
}
