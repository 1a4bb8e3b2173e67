import { PageId, SnapshotId } from "@waymark/domain";
import { findPage, findSnapshot, findSource } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { outsideLink, pathTo, shortAddress } from "../parts/address.ts";
import { frameSource } from "../parts/frame-source.ts";
import { type Html, html } from "../parts/html.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { showMoment } from "../parts/when.ts";
import { notFound } from "../problem.ts";
import { snapshotPolicy } from "../security.ts";
import {
  decodeSnapshot,
  lightQuote,
  type Place,
  readBlocks,
  type TextBlock,
  verifyPlace,
} from "../snapshot-text.ts";

/** Blocks shown around the lit one; a page of more is cut. */
const blocksAround = 600;

/** A page as it was when it was read, as text, with one quote lit. */
export async function showEvidence(call: Call): Promise<Response> {
  const { db } = call.desk;
  const pageId = PageId.safeParse(call.c.req.param("id")).data;
  const page = pageId && (await findPage(db, pageId));
  if (!page) throw notFound("such page");
  const snapshotId = SnapshotId.safeParse(asked(call, "snapshot") ?? page.snapshotId).data;
  const snapshot = snapshotId && (await findSnapshot(db, snapshotId));
  if (!snapshotId || !snapshot) throw notFound("snapshot of that page any more");
  const source = await findSource(db, page.sourceId);
  const quote = asked(call, "quote");
  const text = decodeSnapshot(snapshot.bytes, snapshot.contentType);
  return renderPage(call, {
    title: `Evidence: ${shortAddress(page.url, 40)}`,
    place: "/changes",
    body: html`${pageHead({
      above: html`<a href="${pathTo("sources", page.sourceId)}">${source?.name ?? page.sourceId}</a>`,
      title: page.title ?? shortAddress(page.url),
      lead: html`As it was on ${showMoment(snapshot.createdAt)} · ${outsideLink(page.url, "Open the live page")}`,
    })}
${text === undefined ? noText(page.url, quote, askedOffset(call, "page")) : paper(text, { start: askedOffset(call, "start"), end: askedOffset(call, "end") }, quote)}
${
  text !== undefined &&
  html`<details class="card"><summary><h2>As a page</h2></summary><p class="muted">Without scripts, styles, pictures and links, in a frame that may do nothing.</p><iframe sandbox="" loading="lazy" title="The page as it was" src="${pathTo("snapshots", snapshotId)}"></iframe></details>`
}
<p class="muted small">${page.url}<br>Snapshot ${snapshotId.slice(0, 16)}…, ${snapshot.bytes.length.toLocaleString("en-US")} bytes.</p>`,
  });
}

/** The source of a snapshot for the frame above, under a policy that forbids everything. */
export async function sendSnapshot({ c, desk }: Call): Promise<Response> {
  const id = SnapshotId.safeParse(c.req.param("id")).data;
  const snapshot = id && (await findSnapshot(desk.db, id));
  const text = snapshot && decodeSnapshot(snapshot.bytes, snapshot.contentType);
  if (text === undefined) throw notFound("such snapshot with text in it");
  return c.body(frameSource(text), 200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": snapshotPolicy,
  });
}

function askedOffset(call: Call, name: string): number {
  const offset = Number(asked(call, name));
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}

/** What is no text is not shown, but where a PDF's quote stands is known since it was read. */
const noText = (
  url: string,
  quote: string | undefined,
  page: number,
): Html => html`${quote && html`<blockquote class="lone">${quote}</blockquote>`}
<p class="empty">This snapshot is no page of text (a PDF, most likely), so it is not shown here. ${
  page > 0
    ? html`The quote stands on page ${page}: ${outsideLink(`${url}#page=${page}`, "open the live document there")}.`
    : "Open the live document to look at it."
}</p>`;

function paper(text: string, place: Place, quote: string | undefined): Html {
  const isAtPlace = verifyPlace(text, place, quote);
  const blocks = readBlocks(text, isAtPlace ? place : undefined);
  const isLit = (block: TextBlock) => block.runs.some((run) => run.isLit);
  const isSeen = blocks.some(isLit) || (quote !== undefined && lightQuote(blocks, quote));
  const litAt = Math.max(0, blocks.findIndex(isLit));
  const shown = blocks.slice(Math.max(0, litAt - blocksAround), litAt + blocksAround);
  let isFirst = true;
  const mark = (words: string): Html => {
    const first = isFirst;
    isFirst = false;
    return first
      ? html`<mark id="quote" tabindex="-1">${words}</mark>`
      : html`<mark>${words}</mark>`;
  };
  return html`${!isSeen && quote && unseen(text, isAtPlace ? place : undefined, quote)}
<article class="paper" aria-label="The page as text">
${litAt > blocksAround && html`<p class="muted">…</p>`}
${shown.map((block) => html`<p class="${block.look}${block.isAside && " aside"}">${block.runs.map((run) => (run.isLit ? mark(run.text) : run.text))}</p>`)}
${litAt + blocksAround < blocks.length && html`<p class="muted">…</p>`}
</article>`;
}

/** Some quotes stand in the source alone: in a description for search machines, or in structured data. */
function unseen(text: string, place: Place | undefined, quote: string): Html {
  if (!place)
    return html`<div class="note bad"><p>These words were not found in this snapshot as we read it now: <q>${quote}</q></p></div>`;
  const before = text.slice(Math.max(0, place.start - 300), place.start);
  const after = text.slice(place.end, place.end + 300);
  return html`<section class="card"><h2>In the source of the page</h2><p class="muted">The quote is not part of what readers see; it stands in what the page tells machines.</p>
<pre class="source"><code>${before}<mark id="quote" tabindex="-1">${text.slice(place.start, place.end)}</mark>${after}</code></pre></section>`;
}
