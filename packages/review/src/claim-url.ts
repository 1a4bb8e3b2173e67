import type { ChangeEvidence, FieldDelta, Initiative, KnownEffort, PageId } from "@waymark/domain";
import { isAbsent, isAnswer } from "./absence.ts";
import { isRehearsal, isRoot, sameAddress, siteOf, slugOf } from "./address.ts";
import { gather, quotesOf } from "./proof.ts";
import { dayMs } from "./settings.ts";
import type { Voice } from "./voice.ts";

/** That the effort lives elsewhere now, or the rule that keeps us from saying so. */
export type MoveClaim = {
  delta: FieldDelta;
  certainty: number;
  evidence: ChangeEvidence[];
  reason: string;
  confirmBy: PageId[];
  voices: Voice[];
  rule?: string;
};

/** Where the effort's own address went: it leads elsewhere for good, or is gone while another page answers. */
export function claimMove(
  { ownAddresses }: KnownEffort,
  initiative: Initiative,
  voices: Voice[],
): MoveClaim | undefined {
  const held = initiative.values.url;
  if (!held) return claimFirstAddress(voices);
  const address = ownAddresses.find(({ url }) => sameAddress(url, held));
  const latest = address?.outcomes[0];
  if (address?.movedTo !== undefined && latest && !isAbsent(latest)) {
    return movedFor(address.movedTo);
  }
  if (address && latest && isAbsent(latest)) return movedSilently();
  return restated();

  function movedFor(target: string): MoveClaim | undefined {
    if (sameAddress(target, held!)) return undefined;
    const there = voicesAt(voices, target);
    const claim: MoveClaim = {
      delta: { field: "url", old: held!, new: target },
      certainty: there.length ? 0.95 : 0.8,
      evidence: gather([
        { ...address!.outcomes[0]!, type: "outcome" },
        ...there.flatMap(({ known }) => quotesOf(known, "name")),
      ]),
      reason: `Its address leads for good to ${target}.`,
      confirmBy: [address!.pageId],
      voices: there,
    };
    // A page that sends visitors to a front door is gone rather than moved.
    const toFrontDoor =
      isRoot(target) && !isRoot(held!) && there.every(({ known }) => known.mention.role !== "own");
    if (toFrontDoor) return { ...claim, rule: "moved-to-home" };
    return isRehearsal(target) ? { ...claim, rule: "rehearsal-site" } : claim;
  }

  /** The address is gone; another page answers, and nothing but its being new or pointed at says it follows. */
  function movedSilently(): MoveClaim | undefined {
    const best = candidates(voices, held!)
      .filter(({ url }) => !isRehearsal(url))
      .filter(
        ({ there }) =>
          !answeredBefore() || there.some(({ known }) => isNewer(known.page.firstSeenAt)),
      )
      .toSorted((one, other) => other.weight - one.weight || (one.url < other.url ? -1 : 1))
      .find(({ weight }) => weight >= 2);
    if (!best) return undefined;
    const pointing = best.pointing.flatMap(({ known }) => quotesOf(known, "url", best.url));
    return {
      delta: { field: "url", old: held!, new: best.url },
      certainty: Math.min(0.95, 0.6 + 0.1 * best.weight),
      evidence: gather([
        { ...address!.outcomes[0]!, type: "outcome" },
        ...pointing,
        ...best.there.flatMap(({ known }) => quotesOf(known, "name")),
      ]),
      reason: `Its address is gone, and ${best.url} tells of it.`,
      confirmBy: [address!.pageId, ...best.there.map(({ known }) => known.page.id)],
      voices: [...best.there, ...best.pointing],
    };

    function answeredBefore(): boolean {
      return address!.outcomes.some(isAnswer);
    }
    function isNewer(firstSeenAt: Date): boolean {
      const lastAnswer = address!.outcomes.find(isAnswer);
      return firstSeenAt.getTime() > Date.parse(lastAnswer!.at) + dayMs / 4;
    }
  }

  /** Its own page, still answering, names another address as its own since it was last settled. */
  function restated(): MoveClaim | undefined {
    const telling = voices.filter(
      ({ standing, mention, baseline }) =>
        standing === "own" &&
        mention.url !== undefined &&
        baseline?.url !== undefined &&
        !sameAddress(mention.url, baseline.url) &&
        !sameAddress(mention.url, held!) &&
        !isRehearsal(mention.url),
    );
    const [first] = telling;
    if (!first) return undefined;
    const url = first.mention.url!;
    const evidence = quotesOf(first.known, "url", url);
    if (evidence.length === 0) return undefined;
    return {
      delta: { field: "url", old: held!, new: url },
      certainty: 0.7,
      evidence,
      reason: `Its own page gives ${url} as its address.`,
      confirmBy: [first.known.page.id],
      voices: [first],
    };
  }
}

function claimFirstAddress(voices: Voice[]): MoveClaim | undefined {
  const own = voices.filter(
    ({ standing, mention }) =>
      standing === "own" && mention.url !== undefined && !isRehearsal(mention.url),
  );
  const best = own.toSorted(
    (one, other) =>
      Number(isRoot(other.mention.url!)) - Number(isRoot(one.mention.url!)) ||
      (one.mention.url! < other.mention.url! ? -1 : 1),
  )[0];
  if (!best) return undefined;
  const settled =
    best.baseline?.url !== undefined && sameAddress(best.baseline.url, best.mention.url!);
  if (settled) return undefined;
  const pointing = voices.filter(
    ({ mention, site }) =>
      site !== best.site &&
      mention.url !== undefined &&
      sameAddress(mention.url, best.mention.url!),
  );
  const evidence = gather([
    ...quotesOf(best.known, "url", best.mention.url),
    ...quotesOf(best.known, "name"),
    ...pointing.flatMap(({ known }) => [
      ...quotesOf(known, "url", best.mention.url),
      ...quotesOf(known, "name").slice(0, 1),
    ]),
  ]);
  if (evidence.length === 0) return undefined;
  return {
    delta: { field: "url", old: null, new: best.mention.url! },
    certainty: 0.8,
    evidence,
    reason: "The catalog has no address, and this is its own page.",
    confirmBy: [best.known.page.id],
    voices: [best],
  };
}

const voicesAt = (voices: Voice[], url: string): Voice[] =>
  voices.filter(({ known }) => sameAddress(known.page.url, url));

type CandidateAddress = { url: string; there: Voice[]; pointing: Voice[]; weight: number };

/**
 * Addresses that may follow one that is gone: pages which we read and which tell of this effort. An own
 * page, the same last part of the path and each independent site that points there speak for one.
 */
function candidates(voices: Voice[], held: string): CandidateAddress[] {
  const urls = new Map<string, string>();
  for (const { mention, known } of voices) {
    const named = [
      mention.url,
      mention.role === "own" || mention.role === "detail" ? known.page.url : undefined,
    ];
    for (const url of named) {
      if (url && !sameAddress(url, held)) urls.set(url.replace(/\/+$/, "").toLowerCase(), url);
    }
  }
  return [...urls.values()].flatMap((url) => {
    const there = voicesAt(voices, url).filter(
      ({ mention }) => mention.role === "own" || mention.role === "detail",
    );
    if (there.length === 0) return [];
    const pointing = voices.filter(
      ({ mention, known }) =>
        mention.url !== undefined &&
        sameAddress(mention.url, url) &&
        !sameAddress(known.page.url, url),
    );
    const sites = new Set(pointing.map(({ site }) => site));
    const sameSite = siteOf(url) === siteOf(held);
    const weight =
      (there.some(({ mention }) => mention.role === "own") ? 1 : 0) +
      (sameSite && slugOf(url) === slugOf(held) && slugOf(url) !== "" ? 2 : 0) +
      Math.min(2, sites.size);
    return [{ url, there, pointing, weight }];
  });
}
