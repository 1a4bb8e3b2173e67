import { mayActAs } from "@waymark/domain";
import type { StoredChange } from "@waymark/store";
import type { Call } from "../call.ts";
import { outsideLink, pathTo } from "./address.ts";
import { deltaList } from "./delta.ts";
import { evidenceList, type SnapshotDates } from "./evidence.ts";
import { csrfField } from "./form.ts";
import { type Html, html } from "./html.ts";
import { kindBadge, kindLabels } from "./labels.ts";
import { showAge } from "./when.ts";

/** One change of the queue, with all that a decision needs and the buttons for it. */
export function changeCard(
  call: Call,
  change: StoredChange,
  { dates, back }: { dates: SnapshotDates; back: string },
): Html {
  const path = pathTo("changes", change.id);
  return html`<article class="card change" id="change-${change.id}" tabindex="-1" data-change data-title="${change.title}" aria-labelledby="title-${change.id}">
<header class="card-head">
<div class="meta">${kindBadge(change.kind)}${confidenceMark(change.confidence)}<span class="muted">proposed ${showAge(change.proposedAt, call.desk.now())}</span></div>
<h2 id="title-${change.id}"><a href="${path}" data-open>${change.title}</a></h2>
${change.url && html`<p class="sub">${outsideLink(change.url)}</p>`}
</header>
<div class="card-body">
<div>${changeBody(change)}</div>
<div class="proof">${evidenceList(change.evidence, dates, { shownMax: 3, more: path })}</div>
</div>
${decisionForm(call, change, back)}
</article>`;
}

/** What a change says and why: the same in the queue and on its own page. */
export function changeBody(change: StoredChange): Html {
  return html`${change.other && html`<p class="other"><span class="muted">Same effort as</span> <a href="${pathTo("initiatives", change.other.id)}">${change.other.name}</a>?</p>`}
${change.freshness && html`<p class="fresh-reason">${change.freshness.reason}</p>`}
${change.fields.length > 0 && deltaList(change.fields, { isNew: change.kind === "new" })}
${change.reasons.length > 0 && html`<ul class="reasons">${change.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}`;
}

/** Accept and reject, with room for a reason; nothing for those who may not decide. */
export function decisionForm(call: Call, change: StoredChange, back: string): Html {
  if (change.state !== "open" || !mayActAs(call.viewer.account.role, "curator")) return html``;
  return html`<form class="decide" method="post" action="${pathTo("changes", change.id)}/decision" data-decide>
${csrfField(call)}<input type="hidden" name="version" value="${change.version}"><input type="hidden" name="back" value="${back}">
<div class="row">
<button class="button accept" name="verdict" value="accept">Accept <kbd aria-hidden="true">a</kbd></button>
<button class="button reject" name="verdict" value="reject">Reject <kbd aria-hidden="true">r</kbd></button>
<details class="why"><summary>Say why</summary><label class="field"><span>Reason <span class="muted">(kept with the decision)</span></span><input type="text" name="why" maxlength="1000" autocomplete="off"></label></details>
<span class="effect muted">${kindLabels[change.kind].effect}</span>
</div>
</form>`;
}

/** How sure the proposal is, as a small gauge and in numbers. */
export function confidenceMark(confidence: number): Html {
  const percent = Math.round(confidence * 100);
  return html`<span class="confidence"><svg viewBox="0 0 40 6" width="40" height="6" aria-hidden="true" focusable="false"><rect class="track" width="40" height="6" rx="3"/><rect class="fill" width="${(percent / 100) * 40}" height="6" rx="3"/></svg><span>${percent}% sure</span></span>`;
}
