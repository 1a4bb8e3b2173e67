import type { Issue, VersionedRecipe } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import type { ListRecord } from "./lists/records.ts";
import { type Draft, isSame } from "./mention.ts";
import { judgeName } from "./names/effort-name.ts";
import type { Context } from "./page/site.ts";
import { readAnnouncement } from "./readers/announcement.ts";
import { detailTelling, readDetail } from "./readers/detail.ts";
import { draftOf, listedEfforts } from "./readers/listing.ts";
import { ownTelling } from "./readers/own-site.ts";
import { readByRecipe } from "./readers/recipe.ts";
import { readPassing, readSubject } from "./readers/subject.ts";
import { mainPart } from "./text/main-part.ts";
import type { mainBlocks } from "./text/main-text.ts";
import type { pageDates } from "./text/page-dates.ts";
import { judgeKind, type KindJudgement } from "./text/page-kind.ts";
import { wordsOf } from "./values/finding.ts";

/** What the readers for a page's kind found on it. */
export type FoundEfforts = KindJudgement & { drafts: Draft[] };

/** Sends a page to the readers for its kind. */
export function findEfforts(
  ctx: Context,
  blocks: ReturnType<typeof mainBlocks>,
  dates: ReturnType<typeof pageDates>,
): FoundEfforts {
  const own = ownTelling(ctx, mainPart(ctx.page));
  const records = listedEfforts(ctx).flat();
  const judged = judgeKind(ctx, blocks, dates, records.length);
  const { kind } = judged;
  // What a list tells of its efforts is read only for the pages that are read as lists.
  const listed = (some: readonly ListRecord[]) => some.map((record) => draftOf(ctx, record));
  if (kind === "article" && own?.url !== canonicalAddress(ctx.page.url)) {
    return { ...judged, drafts: readAnnouncement(ctx, blocks, dates) };
  }
  if (own) {
    const draft = readDetail(ctx, own);
    const isAboutIt = kind === "none" || kind === "listing";
    return {
      ...(isAboutIt
        ? { kind: "detail", reason: "its site or address is an effort's own" }
        : judged),
      drafts: [draft, ...listed(records.filter((one) => !isSame(one, draft)))],
    };
  }
  if (kind === "detail") return { ...judged, drafts: [readDetail(ctx, detailTelling(ctx))] };
  if (kind === "article") return { ...judged, drafts: listed(records) };
  const subject = readSubject(ctx, { isHome: kind === "home", isListing: records.length > 0 });
  if (subject) {
    // What a page about one thing lists is as often its parts; what calls itself an effort and is told of stays.
    const named = records.filter(
      (one) => judgeName(wordsOf(one.name)).hasEffortNoun && !isSame(one, subject),
    );
    const parts = listed(named).filter(({ findings }) =>
      findings.some(({ field }) => field === "description"),
    );
    const isAbout = {
      kind: "detail",
      reason: `its text is about ${wordsOf(subject.name)}`,
    } as const;
    return { ...(kind === "home" ? judged : isAbout), drafts: [subject, ...parts] };
  }
  const passing = kind === "home" && records.length === 0 ? [] : readPassing(ctx);
  const entries = listed(records);
  const apart = passing.filter((one) => !entries.some((entry) => overlaps(entry, one)));
  return { ...judged, drafts: [...entries, ...apart] };
}

const overlaps = ({ range: one }: Draft, { range: other }: Draft): boolean =>
  one.start < other.end && other.start < one.end;

/** A page as its source's recipe reads it; entries take the place of those that the general readers found. */
export function readOwnWay(
  ctx: Context,
  recipe: VersionedRecipe,
  general: FoundEfforts,
): FoundEfforts & { issues: Issue[] } {
  const { kind, reason } = general;
  const byRecipe = readByRecipe(ctx, recipe, general.drafts, () =>
    readDetail(ctx, detailTelling(ctx)),
  );
  const { drafts, issues } = byRecipe;
  if (drafts.length === 0) return { ...general, issues };
  const isListing = recipe.recipe.item !== undefined;
  const others = general.drafts.filter(
    (one) => (one.role === "listing") !== isListing && !drafts.some((draft) => isSame(draft, one)),
  );
  const byIts = {
    kind: isListing ? "listing" : "detail",
    reason: "its source's recipe says so",
  } as const;
  return {
    ...(kind === "none" ? byIts : { kind, reason }),
    drafts: isListing ? [...others, ...drafts] : [...drafts, ...others],
    issues,
  };
}
