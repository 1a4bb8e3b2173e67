import type { TypedDate } from "@waymark/domain";
import { knownOrganization, looksLikeOrganization } from "@waymark/normalize";
import { readHistory } from "../events/history.ts";
import { type Draft, rangeOf } from "../mention.ts";
import { judgeName } from "../names/effort-name.ts";
import { takeNameApart } from "../names/take-name-apart.ts";
import type { Block } from "../page/page.ts";
import { type Context, entriesNamed } from "../page/site.ts";
import { describe } from "../values/describe.ts";
import { type Finding, proves, type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { splitOrganizations } from "../values/organization-list.ts";
import { websiteLink } from "../values/own-link.ts";
import { namesAny, sentencesOf } from "../values/sentence.ts";
import { readGrants } from "./grant-round.ts";
import { copyOf, dayOfRelease } from "./release.ts";

/** The efforts that a release or news article announces: one by its headline, or a grant round's many. */
export function readAnnouncement(
  ctx: Context,
  blocks: readonly Block[],
  dates: readonly TypedDate[],
): Draft[] {
  const announced = dayOfRelease(blocks, dates);
  const grants = readGrants(ctx, blocks, announced);
  const drafts = grants.length > 0 ? grants : readHeadline(ctx, blocks, announced);
  const copy = copyOf(ctx, blocks);
  return drafts.map((draft) => ({ ...draft, announcedOn: announced?.date, copy }));
}

type Headline = { pattern: RegExp; effort: number; lead?: number; funder?: number; alias?: number };

const beginning =
  "announces|announced|launches|launched|unveils|unveiled|introduces|introduced|creates|created|establishes|established|opens|opened|kicks off|rolls out|debuts|starts|begins";
/** What headlines say about an effort; the numbers are the groups that hold its name and others'. */
const headlines: readonly Headline[] = [
  {
    pattern: new RegExp(
      String.raw`^(.+?)\s+(?:${beginning})\s+(?:the\s+|its\s+|their\s+|an?\s+new\s+|new\s+)*(?:launch of\s+(?:the\s+)?)?(.+)$`,
      "i",
    ),
    effort: 2,
    lead: 1,
  },
  {
    pattern:
      /^(.+?)\s+(?:to|will)\s+(?:steward|lead|manage|host|run|administer|take over|operate)\s+(?:the\s+)?(.+)$/i,
    effort: 2,
    lead: 1,
  },
  {
    pattern:
      /^(.+?)\s+(?:takes? over|is taking over|assumes? (?:leadership|stewardship) of)\s+(?:the\s+)?(.+)$/i,
    effort: 2,
    lead: 1,
  },
  {
    pattern:
      /^(.+?)\s+(?:is now (?:called|known as)|is now|has a new name:?|changes (?:its )?name to|(?:is\s+)?renamed(?: to| as)?|becomes|rebrands as)\s+(?!(?:a\s+)?part\s+of)(?:the\s+)?(.+)$/i,
    effort: 2,
    alias: 1,
  },
  {
    pattern:
      /^(.+?)\s+(?:becomes? (?:a )?part of|is now (?:a )?part of|merges? (?:with|into)|joins forces with|joins|folds into)\s+.+$/i,
    effort: 1,
  },
  {
    pattern:
      /^(.+?)\s+(?:joins|backs|funds|supports|invests in|commits .{1,40} to|joins the funders of)\s+(?:the\s+)?(.+)$/i,
    effort: 2,
    funder: 1,
  },
  {
    pattern:
      /^(.+?)\s+(?:opens its doors|opens|launches|launched|debuts|begins|kicks off|goes live|gets under ?way|ends|concludes|closes|sunsets|winds down|comes to an end|to (?:close|end|sunset|expand|launch)|expands|extended|extends|is extended|adds|receives|wins|reaches|gets|moves|finds)\b.*$/i,
    effort: 1,
  },
];

/** The one effort that a headline announces, told by the paragraphs below it. */
function readHeadline(
  ctx: Context,
  blocks: readonly Block[],
  announced: TypedDate | undefined,
): Draft[] {
  const title = ctx.titleBlock;
  const prose = blocks.filter((block) => block !== title && block.level === 0);
  const found =
    (title && matchHeadline(ctx, whole(title), prose)) ??
    matchBody(prose) ??
    matchBeginning(ctx, prose);
  if (!found) return [];
  const named = takeNameApart(ctx, found.name);
  const names = [
    wordsOf(named.name),
    wordsOf(found.name),
    ...(named.acronym ? [named.acronym] : []),
    ...found.otherNames,
  ];
  const { findings, signs } = describe(ctx, prose, { names });
  const link = findings.some(({ field }) => field === "url")
    ? undefined
    : websiteLink(ctx, blocks, names, true);
  if (link) findings.push(link);
  const url = findings.find(({ field }) => field === "url");
  return [
    {
      role: "announcement",
      name: found.name,
      nameMethod: found.method,
      url: url?.value,
      findings: [...found.findings, ...ownDescription(findings, names)],
      signs,
      history: readHistory(
        ctx,
        [...(title ? [title] : []), ...blocks.filter((block) => block !== title)],
        { names },
        { news: { announced } },
      ),
      range: rangeOf(blocks),
      around: ctx.title?.name ?? "",
    },
  ];
}

/** A release begins with words about anything; only a paragraph that names the effort describes it. */
const ownDescription = (findings: readonly Finding[], names: readonly string[]): Finding[] =>
  findings.filter(({ field, value }) => field !== "description" || namesAny(names, value));

type Announced = {
  name: Stretch;
  method: Draft["nameMethod"];
  findings: Finding[];
  otherNames: string[];
};

/** News of people is news of no effort. */
const aboutPeople =
  /\bjoins?\s+(?:the\s+|our\s+)?(?:staff|team|board|faculty|leadership|council|advisory)\b|\b(?:named|appointed|promoted|hired|retires?|retiring|sworn in|elected|obituary|in memoriam)\b|\bquestions with\b/i;

function matchHeadline(
  ctx: Context,
  title: Stretch,
  prose: readonly Block[],
): Announced | undefined {
  const text = wordsOf(title);
  if (aboutPeople.test(text)) return undefined;
  for (const { pattern, effort, lead, funder, alias } of headlines) {
    const match = pattern.exec(text);
    if (!match) continue;
    const part = (group: number) => {
      const at = group === 1 ? 0 : text.length - match[group]!.length;
      return within(title, at, at + match[group]!.length);
    };
    const name = trimName(part(effort));
    if (!isAnnounced(ctx, wordsOf(name), prose)) continue;
    const findings: Finding[] = [];
    const otherNames: string[] = [];
    for (const [group, field] of [
      [lead, "leadOrganization"],
      [funder, "funders"],
    ] as const) {
      const one = group && splitOrganizations(part(group), ctx.gazetteer)[0];
      if (one && looksLikeOrganizationHere(ctx, one.name))
        findings.push(proves(field, one.name, one.stretch, "sentence", 0.6));
    }
    if (alias) {
      findings.push(proves("aliases", wordsOf(part(alias)), part(alias), "sentence", 0.75));
      otherNames.push(wordsOf(part(alias)));
    }
    return { name, method: "heading", findings, otherNames };
  }
  return undefined;
}

const looksLikeOrganizationHere = (ctx: Context, name: string): boolean =>
  looksLikeOrganization(name) ||
  knownOrganization(name, ctx.gazetteer) !== undefined ||
  (judgeName(name).isName && name.split(" ").length >= 2);

/** "… Compact, a new alliance for …" → the name alone. */
function trimName(stretch: Stretch): Stretch {
  const text = wordsOf(stretch);
  const cut =
    /,\s|\s+(?:to|for|with|in|at|as|across|after|on)\s+(?:\p{Ll}|\d)|\s+[\u2013\u2014-]\s|\.$/u.exec(
      text,
    );
  const lead = /^(?:the|its|their|a|an|new)\s+/i.exec(text)?.[0].length ?? 0;
  return within(stretch, lead, cut ? cut.index : text.length);
}

/** A name is announced when it reads like one and the text below goes on to tell of it. */
function isAnnounced(ctx: Context, name: string, prose: readonly Block[]): boolean {
  if (entriesNamed(ctx.knowledge, name).length > 0) return true;
  const judged = judgeName(name);
  if (!judged.isName || (judged.isOrganization && !judged.hasEffortNoun)) return false;
  const told = prose.filter((block) => namesAny([name], block.text)).length;
  return (
    told >= 1 &&
    (judged.hasEffortNoun || told >= 2 || prose.some((block) => introduces(block.text, name)))
  );
}

const kind = `(?:initiative|program|programme|project|network|coalition|alliance|compact|collaborative|platform|registry|framework|fund|fellowship|academy|partnership|consortium|campaign|challenge|effort|pilot|standard|state program)`;

/** "Name, an alliance about …", "Name is a program …", "Name is led by …". */
function introduces(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at < 0) return false;
  const rest = text.slice(at + name.length, at + name.length + 80).replace(/^\s*\([^)]*\)/, "");
  return new RegExp(
    String.raw`^(?:,\s+(?:an?|the|our)\s+(?:[\w-]+\s+){0,4}?${kind}\b|\s+(?:is|was)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,5}?${kind}\b|\s+(?:is|was)\s+(?:led|run|managed|administered)\s+by)`,
    "i",
  ).test(rest);
}

/** Without a telling headline: a sentence that begins with a name and says what kind of effort it is. */
function matchBody(prose: readonly Block[]): Announced | undefined {
  for (const block of prose.slice(0, 12)) {
    for (const sentence of sentencesOf(block)) {
      const text = wordsOf(sentence);
      const match =
        /^(?:The\s+)?((?:\p{Lu}[\p{L}\p{N}'\u2019.&/-]*|of|for|the|and|in|on|to|a|as|&|by|\d+)(?:\s+(?:[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*|of|for|the|and|in|on|to|a|as|&|by))*?)(?=,\s+an?\s|\s+\([A-Z]{2,}\)|\s+(?:is|was)\s)/u.exec(
          text,
        );
      if (!match || !introduces(text, match[1]!)) continue;
      const judged = judgeName(match[1]!);
      if (!judged.isName || (judged.isOrganization && !judged.hasEffortNoun)) continue;
      const at = match[0].length - match[1]!.length;
      return {
        name: within(sentence, at, match[0].length),
        method: "sentence",
        findings: [],
        otherNames: [],
      };
    }
  }
  return undefined;
}

const begun = new RegExp(
  String.raw`^((?:The\s+)?\p{Lu}[^,.;:]{2,80}?)\s+(?:(?:on\s+\p{Lu}\p{Ll}+|today|yesterday|this\s+\p{Ll}+|last\s+\p{Ll}+|recently|has|have|officially|formally)\s+)*(?:${beginning})\s+(?:the\s+(?:launch|creation)\s+of\s+)?(?:the\s+|its\s+|their\s+)(?:new\s+)?((?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*)(?:\s+(?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|on|to|&))*?)(?=\s*\([A-Z]|,|\.$|\s+(?:which|that|to|with|for|in|on)\s)`,
  "u",
);

/** "Pine College on Monday opened the Pine Skills Fund, which …": who began what, where no headline says it. */
function matchBeginning(ctx: Context, prose: readonly Block[]): Announced | undefined {
  for (const block of prose.slice(0, 6)) {
    for (const sentence of sentencesOf(block).slice(0, 3)) {
      const match = begun.exec(wordsOf(sentence));
      if (!match || aboutPeople.test(match[0])) continue;
      const judged = judgeName(match[2]!);
      if (!judged.isName || !judged.hasEffortNoun || !match[2]!.includes(" ")) continue;
      const at = match[0].length - match[2]!.length;
      const by = splitOrganizations(within(sentence, 0, match[1]!.length), ctx.gazetteer)[0];
      return {
        name: within(sentence, at, match[0].length),
        method: "sentence",
        findings:
          by && looksLikeOrganizationHere(ctx, by.name)
            ? [proves("leadOrganization", by.name, sentence, "sentence", 0.6)]
            : [],
        otherNames: [],
      };
    }
  }
  return undefined;
}
