import { canonicalAddress, findDates, hostOf, siteOf } from "@waymark/normalize";
import { readHistory } from "../events/history.ts";
import { findGroups, type ListRecord, type RecordGroup, recordsMax } from "../lists/records.ts";
import { headingsAbove, type Promised, promiseAbove, promiseOf } from "../lists/section.ts";
import { type Draft, rangeOf } from "../mention.ts";
import { namesAppointedBody } from "../names/body-noun.ts";
import { isHeadline, isListicle, judgeName } from "../names/effort-name.ts";
import { plainUndertaking, tellingVerb } from "../names/naming-words.ts";
import { takeNameApart } from "../names/take-name-apart.ts";
import type { Block } from "../page/page.ts";
import { type Context, entriesNamed, ownAddress } from "../page/site.ts";
import { lengthOf } from "../text/text-measure.ts";
import { describe } from "../values/describe.ts";
import { wordsOf } from "../values/finding.ts";
import { effortMeanings, meaningOf, meaningOfLine } from "../values/label-meaning.ts";
import { namesAny } from "../values/sentence.ts";

/** The efforts that a page lists, each with what its own entry says of it. */
export const readListing = (ctx: Context): Draft[] =>
  listedEfforts(ctx).flatMap((records) => records.map((record) => draftOf(ctx, record)));

/** The entries of a page's lists that tell of efforts, list by list. */
export function listedEfforts(ctx: Context): ListRecord[][] {
  const told = new Set<Block>();
  return findGroups(ctx.page).flatMap((group) => {
    const records = group.records.filter(({ nameBlock }) => !told.has(nameBlock));
    const first = records[0];
    if (!first) return [];
    const promised = promiseTo(ctx, group, first);
    const accepted = records
      .slice(0, recordsMax)
      .filter((record) => isEffort(ctx, group, record, promised));
    // Where efforts are promised, a list entries are no efforts is a list of something else.
    if (accepted.length === 0 || accepted.length < records.length * shareNeeded(promised))
      return [];
    if (isOrganizations(accepted)) return [];
    for (const { blocks } of accepted) for (const block of blocks) told.add(block);
    return [accepted];
  });
}

/** What is promised of a list: by its header row, the page's title, or the headings around it. */
function promiseTo(ctx: Context, group: RecordGroup, first: ListRecord): Promised {
  if (group.header && promiseOf(group.header) === "efforts") return "efforts";
  if (isListicle(ctx.title?.name ?? "")) return "others";
  const promised = promiseAround(ctx, group, first);
  return promised === "others" && areServices(ctx, group, first) ? "efforts" : promised;
}

/**
 * Services of a public body are programs: each with a page of its own, and told by the people it is for.
 * Those of a company are what it sells.
 */
function areServices(ctx: Context, group: RecordGroup, first: ListRecord): boolean {
  const { records } = group;
  if (records.length < 2 || !isPublicHost.test(hostOf(ctx.page.url) ?? "")) return false;
  const [nearest] = headingsAbove(ctx.page.blocks, first.nameBlock);
  if (!/\bservices\b/i.test(nearest?.text ?? ctx.title?.name ?? "")) return false;
  const served = records.filter(
    ({ name, nameBlock, blocks }) =>
      /\b(?:Services?|Program|Unit|Clinic|Care|Support|Training|Center|Project)\b/.test(
        wordsOf(name),
      ) &&
      nameBlock.spans.some(({ kind }) => kind === "link") &&
      blocks.some((block) => block !== nameBlock && servesPeople.test(block.text)),
  );
  return served.length >= records.length * 0.75;
}

const isPublicHost =
  /\.(?:org|gov|edu|us|mil|ca|int|nhs\.uk|gov\.\w{2}|ac\.uk|org\.\w{2}|edu\.\w{2})$/;

const servesPeople =
  /\b(?:serves?|helps?|offers?|provides?|supports?|for|treats?|assists?|prepares?|teaches)\b.*\b(?:adults?|children|adolescents?|teens?|youth|students?|families|parents?|patients?|residents?|veterans?|learners?|workers?|job ?seekers?|seniors?|women|individuals?|people|therapy|participants?)\b/i;

/** A list of which most are organizations, and none is labelled as an effort, is one of organizations. */
function isOrganizations(records: readonly ListRecord[]): boolean {
  const bodies = records.filter((record) => {
    const { isOrganization, hasEffortNoun } = judgeName(wordsOf(record.name));
    return isOrganization && !hasEffortNoun && !isLabelled(record, wordsOf(record.name));
  });
  return records.length >= 2 && bodies.length > records.length / 2;
}

/** What is promised of a list: by its headings, or, within one section of many, by the nearest alone. */
function promiseAround(ctx: Context, group: RecordGroup, first: ListRecord): Promised {
  const headings = headingsAbove(ctx.page.blocks, first.nameBlock);
  if (!group.isWithinSection) return promiseAbove(ctx, headings);
  // "A", "On the coast": what only divides a list leaves the promise to what stands above.
  const telling = headings.filter(
    ({ text }) => judgeName(text).isName || promiseOf(text) !== "nothing",
  );
  const nearest = promiseOf(telling[0]?.text ?? "");
  return nearest === "efforts" ? nearest : "others";
}

const shareNeeded = (promised: Promised): number => (promised === "efforts" ? 0.4 : 0);

function isEffort(
  ctx: Context,
  group: RecordGroup,
  record: ListRecord,
  promised: Promised,
): boolean {
  if (promised === "others") return false;
  const text = wordsOf(record.name);
  const meaning = meaningOf(text);
  if (meaning && meaning !== "name") return false;
  const name = wordsOf(takeNameApart(ctx, record.name).name);
  if (entriesNamed(ctx.knowledge, name).length > 0) return true;
  const tells = record.columns.length > 0 || toldLength(record, text) >= 40;
  // Where nothing above promises efforts, the entry itself must say that it is one.
  if (promised === "nothing" && (group.form === "links" || !tells)) return false;
  const judged = judgeName(name);
  if (!judged.isName && !(judged.isGeneric && promised === "efforts" && isLabelled(record, text)))
    return false;
  // A single section under a heading is a section, unless it is linked or labelled like an entry.
  if (
    group.form === "headings" &&
    group.records.length === 1 &&
    !isLabelled(record, text) &&
    !record.nameBlock.spans.some(({ kind }) => kind === "link")
  )
    return false;
  if ((isDocument.test(text) || isCategory.test(text)) && !isLabelled(record, text)) return false;
  if (isHeadline(text) && (!judged.hasEffortNoun || tellsOfDoing.test(text))) return false;
  if (isDated(record) && !record.columns.length && isHeadline(text)) return false;
  const told = toldOf(record, text);
  if (isPerson(text, told)) return false;
  if (isDivision(record, judged.hasEffortNoun)) return false;
  if (group.isWithinSection && judged.isOrganization && !judged.hasEffortNoun) return false;
  if (promised === "efforts") {
    if (group.form === "links") return judged.hasEffortNoun;
    return tells || judged.hasEffortNoun;
  }
  if (judged.isOrganization && !judged.hasEffortNoun && !namesAppointedBody(text)) return false;
  // Nothing above promises efforts: the entry itself must say its name again, or lead to a page of its own.
  // "harborfile.com" is told of as HarborFile.
  const spellings = [name, name.replace(/\.(?:com|org|net|us|io)$/i, "")];
  if (saysItsKind.test(told) && !judged.isOrganization) return true;
  if (!(judged.hasEffortNoun || namesAppointedBody(name)))
    return leadsAway(ctx, record) && namesAny(spellings, told);
  const isLeadIn = group.form === "lead-ins" || record.href !== undefined;
  return namesAny([name], told) || (isLeadIn && definesIt(name, told));
}

/** What an entry says besides its name: in the lines below it, or behind it. */
const toldOf = ({ blocks, nameBlock }: ListRecord, name: string): string =>
  blocks.length > 1
    ? blocks
        .slice(1)
        .map(({ text }) => text)
        .join(" ")
    : nameBlock.text.slice(name.length);

/** How long that is, without putting it together. */
const toldLength = ({ blocks, nameBlock }: ListRecord, name: string): number =>
  blocks.length > 1
    ? lengthOf(blocks.slice(1)) + blocks.length - 2
    : nameBlock.text.length - name.length;

/** Whether an entry's heading is a link to another site: something with a home of its own. */
function leadsAway({ page }: Context, { nameBlock, href }: ListRecord): boolean {
  const isLinked = nameBlock.spans.some(({ kind }) => kind === "link");
  const url = href && canonicalAddress(href, page.head.base ?? page.url);
  return isLinked && url !== undefined && url !== "" && siteOf(url) !== siteOf(page.url);
}

/** A section in which two or more names are headings themselves divides the list. */
function isDivision({ nameBlock, blocks }: ListRecord, hasEffortNoun: boolean): boolean {
  const inner = blocks.filter(
    ({ level, text }) => level > nameBlock.level && nameBlock.level > 0 && !meaningOf(text),
  );
  const names = inner.filter(({ text }) => judgeName(text).isName);
  return !hasEffortNoun && names.length >= 2 && names.length * 2 > inner.length;
}

/** "This project is funded by …": an entry that calls what its heading names an undertaking. */
const saysItsKind = new RegExp(
  String.raw`^This\s+(?:\p{Ll}+\s+){0,2}?${plainUndertaking}\s+(?:\p{Ll}+ly\s+)?${tellingVerb}\b`,
  "u",
);

/** What a headline says somebody did to something: "X Launches Y". */
const tellsOfDoing =
  /^\S.+\s(?:launches|announces|unveils|awards|receives|wins|joins|hosts|celebrates|releases|names|expands|selects|welcomes)\s/i;

/** Guides, forms and gatherings bear names too. */
const isDocument =
  /\b(?:guide|handbook|reports?|webinar|conference|form|application|newsletter|minutes|agenda|calendar|schedule|policy|survey|fact sheet|brochure|manual|press release|schools|video|courses?|workshops?|sessions?|electives?|options|classes|training|discounts?|fees?|tuition)$|^(?:the\s+)?best\b/i;

/** "Youth Programs", "Related Initiatives": the name of a list, not of what it lists. */
const isCategory =
  /^(?:\S+\s+){1,2}(?:programs|programmes|initiatives|projects|groups|resources|opportunities)$/i;

/** Whether a text says what the named thing is or does, and not what to click. */
const definesIt = (name: string, told: string): boolean =>
  told.toLowerCase().includes(name.toLowerCase()) ||
  /\b(?:is|are)\s+(?:an?|the)\b|\b(?:helps?|provides?|supports?|connects?|works? (?:to|with)|aims?|seeks?|brings?|offers?|serves?|funds?|trains?|prepares?|builds?|promotes?|advances?|designed to|partnership|initiative|program)\b/i.test(
    told,
  );

/** Whether an entry of three words or more comes with labels that only efforts have. */
export const isLabelled = (record: ListRecord, name: string): boolean =>
  name.split(" ").length >= 2 &&
  (record.columns.some(({ meaning }) => ofEffort.has(meaning)) ||
    record.blocks.some(({ text }) => ofEffort.has(meaningOfLine(text) ?? "")));

const ofEffort: ReadonlySet<string> = new Set([...effortMeanings, "grantee"]);

/** News entries bear a date beside their title. */
const isDated = ({ blocks }: ListRecord): boolean =>
  blocks.some(
    (block) =>
      block.text.length < 60 && findDates(block.text).some(({ date }) => date.length === 10),
  );

const isPerson = (name: string, told: string): boolean =>
  /^(?:(?:Dr|Mr|Ms|Mrs|Prof)\.?\s+)?\p{Lu}\p{Ll}+(?:\s+\p{Lu}\.)?(?:\s+\p{Lu}[\p{Ll}'-]+){1,2}(?:,\s*(?:Ph\.?D|Ed\.?D|M\.?[AS]|J\.?D|MBA)\.?)*$/u.test(
    name,
  ) &&
  /^\W*(?:[\p{L}&,\s]{0,60}\b)?(?:director|manager|officer|coordinator|president|chair|associate|specialist|professor|analyst|assistant|chief|vice|fellow|member|secretary|treasurer|advisor|adviser|consultant|dean|superintendent|commissioner|senator)\b/iu.test(
    told.slice(0, 90),
  );

/** Everything an entry of a list says of its effort. */
export function draftOf(ctx: Context, record: ListRecord): Draft {
  const named = takeNameApart(ctx, record.name);
  const names = [
    wordsOf(named.name),
    wordsOf(record.name),
    ...(named.acronym ? [named.acronym] : []),
  ];
  const rest = record.blocks.filter((block) => block !== record.nameBlock);
  const blocks = rest.length > 0 ? rest : [record.nameBlock];
  const { findings, signs, told } = describe(ctx, blocks, { names }, { columns: record.columns });
  // A line that is the name and nothing else describes nothing.
  const telling = findings.filter(
    ({ field, value }) => field !== "description" || value !== wordsOf(record.name),
  );
  const target =
    record.href && !/^#/.test(record.href)
      ? canonicalAddress(record.href, ctx.page.head.base ?? ctx.page.url)
      : undefined;
  const isElsewhere = target !== undefined && !/\.(?:pdf|docx?|xlsx?|zip|jpe?g|png)$/i.test(target);
  return {
    role: "listing",
    name: record.name,
    nameMethod: record.href ? "link" : "heading",
    url: isElsewhere ? ownAddress(ctx, target) : undefined,
    findings: telling,
    signs,
    told,
    history: readHistory(ctx, blocks, { names }, { columns: record.columns }),
    range: rangeOf(record.blocks),
    around: ctx.title?.name ?? "",
  };
}
