import {
  type ChangeEvidence,
  type InitiativeValues,
  type Mention,
  mayActAs,
} from "@waymark/domain";
import type { PairVerdict, StoredPair } from "@waymark/store";
import type { Call } from "../call.ts";
import { outsideLink, pathTo } from "./address.ts";
import { evidenceList, type SnapshotDates } from "./evidence.ts";
import { csrfField } from "./form.ts";
import { type Html, html } from "./html.ts";
import { sideBySide } from "./side-by-side.ts";
import { waterfall } from "./waterfall.ts";
import { count, showAge } from "./when.ts";

/** What the verdicts on a pair are called, in one and in many. */
export const pairLabels: Record<PairVerdict, { one: string; many: string }> = {
  unsure: { one: "Unsure", many: "Unsure" },
  related: { one: "Related", many: "Related" },
  same: { one: "Called the same", many: "Called the same" },
};

/** One pair of the workbench: both sides, the reasons, the proof, and the buttons for those who may judge. */
export function pairCard(
  call: Call,
  pair: StoredPair,
  { dates, back }: { dates: SnapshotDates; back: string },
): Html {
  const { id, entry, other, match, mentions, firstSeenAt } = pair;
  const title = `${entry.values.name} and ${nameOf(other)}`;
  return html`<article class="card change" id="${id}" tabindex="-1" data-change data-title="${title}" aria-labelledby="title-${id}">
<header class="card-head">
<div class="meta"><span class="badge pair-${match.verdict}"><span class="sign" aria-hidden="true">${signs[match.verdict]}</span>${pairLabels[match.verdict].one}</span><span class="muted">${Math.round(match.score * 100)}% the same</span>${mentions > 0 && html`<span class="muted">${count(mentions, "mention")}</span>`}<span class="muted">seen ${showAge(firstSeenAt, call.desk.now())}</span></div>
<h2 id="title-${id}"><a href="${pathTo("initiatives", entry.id)}">${entry.values.name}</a> <span class="muted">and</span> ${showName(other)}</h2>
${match.relation && html`<p class="sub">${relationSentence(entry.values.name, match.relation, nameOf(other))}</p>`}
${"mention" in other && html`<p class="sub">as told on ${outsideLink(other.url)}</p>`}
</header>
${sideBySide("What each of them says", { name: "In the catalog", values: entry.values }, "mention" in other ? { name: "On the page", values: valuesOf(other.mention) } : { name: "Also in the catalog", values: other.values })}
<details class="origin reasoning" open><summary>How the reasons add up</summary>${waterfall(match.reasons)}</details>
${"mention" in other && html`<div class="proof">${evidenceList(proofOf(other), dates, { shownMax: 6 })}</div>`}
${judgementForm(call, pair, back)}
</article>`;
}

const signs: Record<PairVerdict, string> = { unsure: "?", related: "~", same: "=" };

const nameOf = (other: StoredPair["other"]): string =>
  "mention" in other ? other.mention.name : other.values.name;

const showName = (other: StoredPair["other"]): Html =>
  "mention" in other
    ? html`${other.mention.name}`
    : html`<a href="${pathTo("initiatives", other.id)}">${other.values.name}</a>`;

/** "A seems to be the successor of B." */
const relationSentence = (one: string, relation: string, other: string): string =>
  `${one} seems to be ${relationWords[relation] ?? relation.replaceAll("_", " ")} ${other}.`;

const relationWords: Record<string, string> = {
  predecessor: "the predecessor of",
  successor: "the successor of",
  merged_into: "merged into",
  part_of: "a part of",
  product_of: "a product of",
  phase_of: "a phase of",
  member_of: "a member of",
  funded_by: "funded by",
  steward_of: "the steward of",
};

type MentionSide = Extract<StoredPair["other"], { mention: Mention }>;

/** What a mention says in the fields of an entry. */
const valuesOf = ({ relations: _, evidence: __, ...mention }: Mention): Partial<InitiativeValues> =>
  mention;

const proofOf = ({ mention, url, pageId, snapshotId }: MentionSide): ChangeEvidence[] =>
  mention.evidence.map((proof) => ({
    ...proof,
    type: "quote" as const,
    url,
    pageId,
    snapshotId,
    readerVersion: "",
  }));

/** All quotes of a list of pairs, to load the dates of their snapshots with. */
export const quotesOf = (pairs: StoredPair[]): ChangeEvidence[] =>
  pairs.flatMap(({ other }) => ("mention" in other ? proofOf(other) : []));

/** Same, different or not sure, with room for a reason; nothing for those who may not judge. */
function judgementForm(call: Call, { id, other }: StoredPair, back: string): Html {
  if (!mayActAs(call.viewer.account.role, "curator")) return html``;
  const effect =
    "mention" in other
      ? "The same: the page tells of this entry. Different: never held for it again."
      : "The same: a duplicate to accept. Different: never asked again.";
  return html`<form class="decide" method="post" action="${pathTo("pairs", id)}/judgement" data-decide>
${csrfField(call)}<input type="hidden" name="back" value="${back}">
<div class="row">
<button class="button accept" name="verdict" value="same" data-done="Judged the same">Same <kbd aria-hidden="true">s</kbd></button>
<button class="button reject" name="verdict" value="different" data-done="Judged different">Different <kbd aria-hidden="true">d</kbd></button>
<button class="button quiet" name="verdict" value="unsure" data-done="Left unsure">Not sure <kbd aria-hidden="true">n</kbd></button>
<details class="why"><summary>Say why</summary><label class="field"><span>Reason <span class="muted">(kept with the judgement)</span></span><input type="text" name="why" maxlength="1000" autocomplete="off"></label></details>
<span class="effect muted">${effect}</span>
</div>
</form>`;
}
