import { JudgementVerdict } from "@waymark/domain";
import { judgePair } from "@waymark/pipeline";
import { countPairs, countUncompared, listPairs, pairVerdicts } from "@waymark/store";
import { z } from "zod";
import { asked, type Call, wantsJson } from "../call.ts";
import { pathTo, withQuery } from "../parts/address.ts";
import { loadSnapshotDates } from "../parts/evidence.ts";
import { choice, readForm, textField } from "../parts/form.ts";
import { type Html, html } from "../parts/html.ts";
import { note, pageHead, renderPage } from "../parts/layout.ts";
import { askedPage, paging } from "../parts/paging.ts";
import { pairCard, pairLabels, quotesOf } from "../parts/pair-card.ts";
import { count } from "../parts/when.ts";
import { notFound } from "../problem.ts";

const pageSize = 20;

/** The workbench: pairs that may be one effort, the most doubtful and most important first. */
export async function showPairs(call: Call): Promise<Response> {
  const { db } = call.desk;
  const verdict = pairVerdicts.find((one) => one === asked(call, "verdict"));
  const of = (["entry", "mention"] as const).find((one) => one === asked(call, "of"));
  const query = { verdict, of, name: asked(call, "name") };
  const page = askedPage(call);
  const [{ pairs, total }, counts, due] = await Promise.all([
    listPairs(db, { ...query, limit: pageSize, offset: (page - 1) * pageSize }),
    countPairs(db),
    countUncompared(db),
  ]);
  const dates = await loadSnapshotDates(call.desk, quotesOf(pairs));
  const back = withQuery("/pairs", { ...query, page: page === 1 ? undefined : page });
  const all = pairVerdicts.reduce((sum, one) => sum + counts[one], 0);
  const isFiltered = Boolean(verdict ?? of ?? query.name);
  return renderPage(call, {
    title: total > 0 ? count(total, "pair") : "Pairs",
    place: "/pairs",
    body: html`${pageHead({
      title: "Pairs",
      lead: isFiltered
        ? html`${count(total, "pair")} of ${all} that wait. <a href="/pairs">Show all</a>`
        : total > 0
          ? html`${count(total, "pair")} may be one effort, or two that hang together. The most doubtful come first.`
          : undefined,
    })}
${judgedNote(call)}
<nav class="tabs" aria-label="Verdicts"><ul>
<li><a href="${withQuery("/pairs", { ...query, verdict: undefined })}"${!verdict && html` aria-current="true"`}>All <span class="count">${all}</span></a></li>
${pairVerdicts.map((one) => html`<li><a href="${withQuery("/pairs", { ...query, verdict: one })}"${verdict === one && html` aria-current="true"`}>${pairLabels[one].many} <span class="count">${counts[one]}</span></a></li>`)}
</ul></nav>
<form class="filters" method="get" action="/pairs" role="search" aria-label="Narrow the pairs">
${verdict && html`<input type="hidden" name="verdict" value="${verdict}">`}
${textField({ name: "name", label: "A name holds", value: query.name, type: "search" })}
${choice({
  name: "of",
  label: "An entry and",
  all: "Anything",
  choices: [
    ["entry", "another entry"],
    ["mention", "a page"],
  ],
  chosen: of,
})}
<button class="button quiet">Show</button>
</form>
${
  pairs.length > 0
    ? html`<div class="queue" data-queue>${pairs.map((pair) => pairCard(call, pair, { dates, back }))}</div>`
    : emptyPairs({ isFiltered: isFiltered || page > 1, due })
}
${paging({ path: "/pairs", query, page, hasMore: page * pageSize < total })}`,
  });
}

/** What was just said of a pair, told once; entries called the same wait as a duplicate. */
function judgedNote(call: Call): Html | undefined {
  const verdict = JudgementVerdict.safeParse(asked(call, "judged")).data;
  if (!verdict) return undefined;
  const changeId = asked(call, "change");
  const words = { same: "judged the same", different: "judged different", unsure: "left unsure" };
  return note(
    html`The pair was ${words[verdict]}.${changeId && html` <a href="${pathTo("changes", changeId)}">Decide the duplicate</a>`}`,
  );
}

function emptyPairs({ isFiltered, due }: { isFiltered: boolean; due: number }): Html {
  if (isFiltered)
    return html`<div class="empty big"><h2>Nothing here matches</h2><p>Other pairs may wait: <a href="/pairs">show them all</a>.</p></div>`;
  if (due > 0)
    return html`<div class="empty big"><h2>Not compared yet</h2><p>${count(due, "entry", "entries")} ${due === 1 ? "was" : "were"} touched since the last sweep. A worker compares them within a minute, or you do with <code>pnpm waymark match sweep</code>.</p></div>`;
  return html`<div class="empty big"><h2>No doubt left</h2><p>Every entry was compared with all that come near it. When values change, or a page tells of something that may be an entry, the pair comes here with its reasons.</p></div>`;
}

const JudgementForm = z.object({
  verdict: JudgementVerdict,
  why: z.string().trim().max(1000).optional(),
  back: z.string().optional(),
});

/** Keeps what a curator says of a pair. */
export async function judge(call: Call): Promise<Response> {
  const { c, desk, viewer } = call;
  const { pairs } = await listPairs(desk.db, { id: c.req.param("id") ?? "" });
  const [pair] = pairs;
  if (!pair) throw notFound("such pair that waits");
  const { verdict, why, back } = await readForm(call, JudgementForm);
  const who = viewer.account.name;
  const { changeId } = await judgePair(desk.db, {
    a: { initiativeId: pair.entry.id },
    b: "mention" in pair.other ? { mentionId: pair.other.id } : { initiativeId: pair.other.id },
    verdict,
    who,
    why: why || undefined,
    now: desk.now(),
  });
  desk.log.info({ pairId: pair.id, verdict, who }, "pair judged");
  if (wantsJson(call)) return c.json({ verdict, changeId });
  const url = new URL(backPath(back), "http://desk.invalid");
  url.searchParams.set("judged", verdict);
  url.searchParams.delete("change");
  if (changeId) url.searchParams.set("change", changeId);
  return c.redirect(url.pathname + url.search, 303);
}

/** Where the form came from, when that is the workbench; never an address elsewhere. */
const backPath = (back: string | undefined): string =>
  back !== undefined && /^\/pairs(?=$|\?)[^\\]*$/.test(back) ? back : "/pairs";
