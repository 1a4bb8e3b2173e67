import { fitsInitials, foldName, looksLikeAcronym, splitName } from "@waymark/normalize";
import type { Draft } from "../mention.ts";
import { definedByPage } from "../names/defined.ts";
import { isHeadline, isListicle, judgeName } from "../names/effort-name.ts";
import { type PassingName, toldInPassing } from "../names/in-passing.ts";
import { findBody, isThisBody, tellsTask } from "../names/tasked-body.ts";
import type { Block } from "../page/page.ts";
import { mapSource, sourceRange } from "../page/quote.ts";
import { type Context, ownAddress, titleParts } from "../page/site.ts";
import { mainPart } from "../text/main-part.ts";
import { proves, type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { addressOf, leadsElsewhere, linkAround, linkNamed } from "../values/own-link.ts";
import { namesAny, sentencesOf } from "../values/sentence.ts";
import { detailTelling, readDetail, type Telling } from "./detail.ts";
import { siteNoun } from "./own-site.ts";

/**
 * What a page tells of that lists nothing and is not headed by an effort's name: the body whose task it
 * states, the credential it leads to, the program that "this program" means, or what its first sentences define.
 */
export function readSubject(
  ctx: Context,
  { isHome, isListing }: { isHome: boolean; isListing: boolean },
): Draft | undefined {
  const blocks = told(ctx);
  const subject =
    (isListing ? undefined : bodyDefined(blocks)) ??
    bodyOf(ctx, blocks) ??
    credentialOf(ctx, blocks) ??
    programOf(ctx, blocks) ??
    definedOf(ctx, blocks, isHome);
  if (!subject) return undefined;
  const telling = { ...detailTelling(ctx), ...subject };
  const named = linkNamed(ctx, ctx.page.blocks, [wordsOf(telling.name)]);
  // A page of a meeting tells of a body that has a page elsewhere.
  const isItsOwn = !isOccasion.test(`${ctx.path} ${ctx.title?.name ?? ""}`);
  return readDetail(ctx, { ...telling, url: named ?? (isItsOwn ? telling.url : undefined) });
}

const isOccasion = /\b(?:events?|meetings?|agendas?|minutes|hearings?|calendar)\b/i;

/** All that the page's main part tells, also where its main text was pruned to one cluster. */
const told = ({ page }: Context): readonly Block[] => mainPart(page);

type Named = Pick<Telling, "name" | "nameMethod">;

/** The titles a page bears, each as a text with its place: its heading, others of first rank, the head's title. */
function titlesOf(ctx: Context): Stretch[] {
  const { blocks, head, source } = ctx.page;
  const headings = blocks.filter(({ level, text }) => level === 1 && text.length < 200);
  const own = ctx.titleBlock ? [ctx.titleBlock, ...headings] : headings;
  const title = head.title && mapSource(source, head.title.start, head.title.end);
  return [...new Set(own), ...(title ? [title] : [])].map(whole);
}

/** "Regular Harbor Commission (HC) Meeting": the commission, where the page goes on to say what it is for. */
function bodyOf(ctx: Context, blocks: readonly Block[]): Named | undefined {
  const letters = titleParts(ctx.page.head.title?.value ?? "").filter(looksLikeAcronym);
  for (const title of titlesOf(ctx)) {
    const body = findBody(title);
    if (!body) continue;
    const acronyms = [body.acronym, ...letters].filter(
      (one) => one !== undefined && fitsInitials(one, body.name),
    ) as string[];
    if (blocks.some((block) => block.level === 0 && tellsTask(body.name, acronyms, block)))
      return { name: body.stretch, nameMethod: ctx.titleBlock === title.of ? "heading" : "meta" };
  }
  return undefined;
}

/** "The Board of Harbor Appeals is a five-member body responsible for …", where a page begins to tell. */
function bodyDefined(blocks: readonly Block[]): Named | undefined {
  for (const block of blocks
    .filter(({ level, text }) => level === 0 && text.length > 60)
    .slice(0, 6)) {
    const first = sentencesOf(block)[0];
    const verb =
      first && /\s(?:is|was|were|are|consists|advises|oversees|reviews|has)\s/.exec(wordsOf(first));
    const body = verb && findBody(within(first, 0, verb.index));
    const isFirst = body && body.stretch.from - first.from <= "The ".length;
    if (isFirst && tellsTask(body.name, [], block))
      return { name: body.stretch, nameMethod: "sentence" };
  }
  return undefined;
}

const credential =
  /\b((?:(?:Professional|Graduate|Post-?[Gg]raduate|Undergraduate|Advanced|Executive|Specialist|Associate|Applied)\s+)*(?:Certificate|Diploma|Minor|Bachelor|Master|Associate|Doctor)(?:\s+of\s+(?:Arts|Science|Applied\s+Science|Engineering|Education))?\s+(?:in|of)\s+(?:[\p{Lu}][\p{L}-]*|and|&|of|for|the|in)(?:\s+(?:[\p{Lu}][\p{L}-]*|and|&|of|for|the|in)){0,8})/u;

/** A page headed by a subject of study whose text names what one earns: "the Graduate Certificate in …". */
function credentialOf(ctx: Context, blocks: readonly Block[]): Named | undefined {
  const subject = foldName(ctx.title?.name ?? "").replace(
    / (?:certificate|diploma|degree|program)$/,
    "",
  );
  if (subject === "") return undefined;
  for (const block of blocks.filter(({ level }) => level === 0).slice(0, 12)) {
    const match = credential.exec(block.text);
    if (!match || !foldName(match[1]!).endsWith(` ${subject}`)) continue;
    const from = match.index;
    return { name: within(whole(block), from, from + match[1]!.length), nameMethod: "sentence" };
  }
  return undefined;
}

/** "Harbor Pilot Certification": what a page is about that goes on to speak of "this certification". */
const credentialTitle =
  /\b(?:Certificate|Certification|Diploma|Credential|Bootcamp|Apprenticeship|Traineeship|Internship)(?:\s+Program(?:me)?)?$/;
const thisCredential =
  /\b(?:this|our)\s+(?:[\p{L}\d-]+,?\s+){0,4}?(?:certificate|certification|program|programme|diploma|course|credential|bootcamp|apprenticeship|traineeship|internship)\b/iu;

/** "… we produced this curriculum for gardeners": whose heading is a name has made what it names. */
const isMade =
  /\b(?:we|they|has|have|was|team|staff|partners)\s+(?:\p{Ll}+ly\s+)?(?:produced|created|developed|designed|launched|built|started|established)\s+(?:this|the following)\s+(?:\p{Ll}+\s+){0,3}?(?:program|programme|initiative|project|campaign|curriculum|fellowship|apprenticeship|partnership|coalition|challenge|network)\b/u;

const deictic =
  /^(?:the|this|our)\s+(?:[\p{Ll}\d-]+\s+){0,4}?(?:program|programme|initiative|project|campaign|certificate|diploma|curriculum|fellowship|apprenticeship|partnership|coalition|collaborative|challenge|network)\s+(?:(?:is|was)\s+(?:an?\b|the\b|designed|intended|open|offered|part\b|based|aimed|made)|(?:\p{Ll}+ly\s+)?(?:aims|seeks|helps|helped|provides|provided|prepares|prepared|offers|offered|trains|supports|supported|brings|connects|teaches|gives|funds|funded|promotes|serves|works|will)\b)/iu;

/** A page whose heading is a name, and whose first paragraphs say what "this program" is or does. */
function programOf(ctx: Context, blocks: readonly Block[]): Named | undefined {
  const { title, titleBlock } = ctx;
  if (!title || !titleBlock || titleBlock.level > 2) return undefined;
  const judged = judgeName(title.name);
  if (!judged.isName || judged.isOrganization || isHeadline(title.name)) return undefined;
  const opening = blocks
    .filter(
      (block) => block.level === 0 && block.text.length > 40 && block.index > titleBlock.index,
    )
    .slice(0, 4);
  const isCredential = credentialTitle.test(title.name);
  const isTold = opening.some((block) =>
    sentencesOf(block)
      .slice(0, 3)
      .map(wordsOf)
      .some(
        (text) =>
          deictic.test(text) || isMade.test(text) || (isCredential && thisCredential.test(text)),
      ),
  );
  return isTold ? { name: whole(titleBlock), nameMethod: "heading" } : undefined;
}

/** What the first sentences define and the titles repeat. */
function definedOf(ctx: Context, blocks: readonly Block[], isHome: boolean): Named | undefined {
  const titles = [ctx.page.head.title?.value, ctx.title?.name, ctx.siteName?.name].filter(
    (one) => one !== undefined,
  );
  const name = definedByPage(blocks, titles);
  if (!name) return undefined;
  const words = wordsOf(name);
  // A site that defines itself is an organization, unless its name says that it is an effort.
  // A title of one part is the page's own name, but on a home page.
  const isSite =
    ctx.siteName !== undefined &&
    (isHome || !ctx.siteName.isWholeTitle) &&
    namesAny([words], ctx.siteName.name) &&
    !siteNoun.test(words);
  const isOwnKind = !isHome || siteNoun.test(words) || /\b(?:tool|platform|system)\b/i.test(words);
  return isSite || !isOwnKind ? undefined : { name, nameMethod: "sentence" };
}

/** A page about something else may still tell in a sentence what an effort is. */
export function readPassing(ctx: Context): Draft[] {
  const blocks = ctx.page.blocks.filter(({ place }) => place === "main" || place === "related");
  const site = ctx.siteName?.name ?? "";
  // What a site says of itself in passing it says of an organization.
  const others = toldInPassing(blocks, {
    isComparing: isListicle(ctx.title?.name ?? ""),
    isElsewhere: (href) => leadsElsewhere(ctx, href),
  }).filter(
    ({ name, sentence }) =>
      siteNoun.test(wordsOf(name)) ||
      isThisBody(wordsOf(sentence)) ||
      !namesAny([wordsOf(name)], site),
  );
  return others.map(({ name, sentence, href }) => ({
    role: "listing",
    name,
    nameMethod: "sentence",
    url: passingAddress(ctx, { name, sentence, ...(href && { href }) }),
    findings: [proves("description", wordsOf(sentence), sentence, "sentence", 0.6)],
    signs: [],
    range: sourceRange(sentence.of, sentence.from, sentence.to),
    around: ctx.title?.name ?? "",
  }));
}

/** Where what is told in passing has its page: the link by its name, or the one its line belongs to. */
function passingAddress(ctx: Context, { name, sentence, href }: PassingName): string | undefined {
  const block = ctx.page.blocks.find((one) => one === sentence.of);
  const [first, letters] = [splitName(wordsOf(name)).name, splitName(wordsOf(name)).acronym ?? ""];
  const url =
    (href && addressOf(ctx, href)) ??
    linkNamed(ctx, told(ctx), [first, letters]) ??
    (block && linkAround(ctx, block));
  return url && ownAddress(ctx, url);
}
