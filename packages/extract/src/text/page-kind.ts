import type { PageKind, TypedDate } from "@waymark/domain";
import { promiseOf } from "../lists/section.ts";
import { isHeadline, judgeName } from "../names/effort-name.ts";
import { takeNameApart } from "../names/take-name-apart.ts";
import { isTaskedBody, tellsTask } from "../names/tasked-body.ts";
import type { Block } from "../page/page.ts";
import type { Context } from "../page/site.ts";
import { whole, wordsOf } from "../values/finding.ts";
import { effortMeanings, meaningOf, meaningOfLine } from "../values/label-meaning.ts";
import { namesAny } from "../values/sentence.ts";

/** What kind of page this is, and the reason in words. */
export type KindJudgement = { kind: PageKind; reason: string };

/** Judges a web page by its address, its structured data, its heading and what it lists. */
export function judgeKind(
  ctx: Context,
  blocks: readonly Block[],
  dates: readonly TypedDate[],
  listedCount: number,
): KindJudgement {
  if (isHome(ctx)) return { kind: "home", reason: "its address is the site's own" };
  const article = articleReason(ctx, dates);
  if (article) return { kind: "article", reason: article };
  if (isDetail(ctx, blocks, listedCount))
    return { kind: "detail", reason: "its heading is a name that its text goes on to tell of" };
  if (listedCount > 0) return { kind: "listing", reason: `lists ${listedCount} efforts` };
  return { kind: "none", reason: "neither lists efforts nor tells of one" };
}

const isHome = (ctx: Context): boolean =>
  /^\/(?:(?:index|home|default)(?:\.\w+)?\/?|[a-z]{2}(?:-[a-z]{2})?\/?)?$/i.test(ctx.path) &&
  !/\?(?!utm)/.test(ctx.page.url);

const articlePath =
  /\/(?:news|newsroom|press|press-releases?|media|blogs?|posts?|releases?|stories|story|articles?|announcements?|insights|updates)(?:\/[\w-]+)*\/[\w%.-]{6,}\/?$|\/(?:19|20)\d{2}\/(?:0?[1-9]|1[0-2])\/[\w%.-]+/i;

function articleReason(ctx: Context, dates: readonly TypedDate[]): string | undefined {
  const thing = ctx.things.find(({ type }) =>
    /^(?:NewsArticle|BlogPosting|Article|ReportageNewsArticle|PressRelease)$/.test(type),
  );
  const title = ctx.title?.name ?? "";
  if (thing && /News|Blog|Press|Reportage/.test(thing.type))
    return `its structured data calls it ${thing.type}`;
  const published = dates.some(({ kind }) => kind === "published");
  if (articlePath.test(ctx.path) && !/\/(?:page|category|tag|author)\//.test(ctx.path))
    return "its address is one of news";
  if (published && isHeadline(title))
    return "its heading is a headline and it bears a date of publication";
  if (
    thing &&
    published &&
    ctx.page.head.meta.get("og:type")?.value === "article" &&
    isHeadline(title)
  )
    return "it is an article with a date";
  return undefined;
}

/** One effort's page: a name for a heading, and text, labels or both that speak of it. */
function isDetail(ctx: Context, blocks: readonly Block[], listedCount: number): boolean {
  const title = ctx.title;
  if (!title || meaningOf(title.name)) return false;
  const from = Math.max(0, title.at.text.indexOf(title.name));
  const name = wordsOf(
    takeNameApart(ctx, { ...whole(title.at), from, to: from + title.name.length }).name,
  );
  const judged = judgeName(name);
  if (isHeadline(name)) return false;
  const opening = blocks.filter((block) => block.level === 0 && block.text.length > 60).slice(0, 4);
  const isTasked = isTaskedBody(name) && opening.some((block) => tellsTask(name, [], block));
  const isTaskedName = isTasked && name.split(" ").length >= 3;
  if (!judged.isName && !isTaskedName && !isCapitalized.test(name)) return false;
  const site = ctx.siteName?.name ?? "";
  if (site !== "" && namesAny([site], name) && namesAny([name], site)) return false;
  const meanings = blocks
    .map(({ text }) => meaningOfLine(text))
    .filter((one) => one && telling.has(one));
  const labels = new Set(meanings);
  const prose = blocks.filter((block) => block.level === 0 && block.text.length > 60);
  const names = [name, ...withoutNoun(name)];
  const isNamed = prose.slice(0, 6).some((block) => namesAny(names, block.text));
  // "Open Skills Network" might head any list, and "Question the Day" a form; labels tell whose heading it is.
  const isLed = meanings.filter((one) => one === "lead" || one === "grantee").length === 1;
  if (!judged.isName && !isTaskedName && !(isLed && isNamed && labels.size >= 2)) return false;
  const words = ctx.path.split("/").slice(0, -1).join(" ").replace(/[-_]+/g, " ");
  const isAmongEfforts = promiseOf(words) === "efforts";
  if (labels.size >= 2 && (isNamed || labels.has("lead") || labels.has("grantee"))) return true;
  if (listedCount > 2 && promiseOf(name) === "efforts" && !isNamed) return false;
  if (isTasked) return true;
  if (judged.isOrganization && !judged.hasEffortNoun) return false;
  if (isNamed && (judged.hasEffortNoun || isAmongEfforts)) return true;
  return isAmongEfforts && judged.hasEffortNoun && prose.length > 0;
}

/** Texts leave the last word of "Harbor Repair Grant Program" off, or write another one. */
function withoutNoun(name: string): string[] {
  const rest = name.replace(/(?<!\s)\s+(?:Program(?:me)?|Project|Initiative|Campaign)$/, "");
  return rest !== name && judgeName(rest).isName && rest.split(" ").length >= 2 ? [rest] : [];
}

/** Two words or more, each written as in a name. */
const isCapitalized =
  /^\p{Lu}[\p{L}\d'\u2019&-]*(?:\s+(?:(?:of|for|the|and|in|on|to|&|a)\s+)*\p{Lu}[\p{L}\d'\u2019&-]*){1,7}$/u;

const telling: ReadonlySet<string> = new Set([...effortMeanings, "grantee", "status", "awarded"]);
