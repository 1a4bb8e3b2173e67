import { countSuppressions, listNewestSuppressions, type StoredSuppression } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { outsideLink, withQuery } from "../parts/address.ts";
import { deltaList } from "../parts/delta.ts";
import { evidenceList, loadSnapshotDates, type SnapshotDates } from "../parts/evidence.ts";
import { type Html, html } from "../parts/html.ts";
import { kindBadge } from "../parts/labels.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { askedPage, paging } from "../parts/paging.ts";
import { count, showDay } from "../parts/when.ts";

const pageSize = 30;

/** What was kept from the queue, by the rule that did it. */
export async function showSuppressed(call: Call): Promise<Response> {
  const { db } = call.desk;
  const rule = asked(call, "rule");
  const page = askedPage(call);
  const [rules, found] = await Promise.all([
    countSuppressions(db),
    listNewestSuppressions(db, { rule, limit: pageSize + 1, offset: (page - 1) * pageSize }),
  ]);
  const shown = found.slice(0, pageSize);
  const dates = await loadSnapshotDates(
    call.desk,
    shown.flatMap(({ evidence }) => evidence),
  );
  return renderPage(call, {
    title: "Held back",
    place: "/suppressed",
    body: html`${pageHead({
      title: "Held back",
      lead: "Differences that a rule kept from the queue, so that it stays short. Nothing is dropped in silence.",
      actions: html`<a class="button quiet" href="/export/suppressed.jsonl" download>Download</a>`,
    })}
${
  rules.length > 0 &&
  html`<nav class="tabs" aria-label="Rules"><ul>
<li><a href="/suppressed"${!rule && html` aria-current="true"`}>All <span class="count">${rules.reduce((sum, { n }) => sum + n, 0)}</span></a></li>
${rules.map((one) => html`<li><a href="${withQuery("/suppressed", { rule: one.rule })}"${one.rule === rule && html` aria-current="true"`}>${one.rule.replaceAll("-", " ")} <span class="count">${one.n}</span></a></li>`)}
</ul></nav>`
}
${
  shown.length > 0
    ? html`<div class="queue">${shown.map((held) => heldCard(held, dates))}</div>`
    : html`<div class="empty big"><h2>Nothing was held back</h2><p>When a rule keeps a difference from the queue, it is listed here with the rule's reason.</p></div>`
}
${paging({ path: "/suppressed", query: { rule }, page, hasMore: found.length > pageSize })}`,
  });
}

const heldCard = (held: StoredSuppression, dates: SnapshotDates): Html =>
  html`<article class="card"><header class="card-head"><div class="meta">${kindBadge(held.kind)}<span class="badge rule">${held.rule.replaceAll("-", " ")}</span><span class="muted">${held.times === 1 ? html`on ${showDay(held.lastAt)}` : html`${count(held.times, "night")}, last on ${showDay(held.lastAt)}`}</span></div>
<h2>${held.title}</h2>${held.url && html`<p class="sub">${outsideLink(held.url)}</p>`}</header>
<p>${held.reason}</p>
${held.fields.length > 0 && deltaList(held.fields)}
${held.evidence.length > 0 && html`<details class="origin"><summary>Evidence</summary>${evidenceList(held.evidence, dates)}</details>`}
</article>`;
