import { listSavedParts, sizeText } from "@waymark/pipeline";
import type { CutOff, RenderVerdict, Run } from "@waymark/store";
import { outsideLink, pathTo } from "./address.ts";
import { type Html, html } from "./html.ts";
import { table } from "./table.ts";
import { showAge, showMoment } from "./when.ts";

/** What runs did not have to do, a row each. */
export function savedTable(runs: Run[], caption: string): Html {
  const told = runs.filter(({ saved }) => saved.bytes !== undefined);
  return table({
    caption,
    columns: [
      "Run",
      { name: "Not modified", align: "right" },
      { name: "Same bytes", align: "right" },
      { name: "Same words", align: "right" },
      { name: "Unchanged by its lists", align: "right" },
      { name: "Not due", align: "right" },
      { name: "Sent", align: "right" },
      { name: "Not sent again", align: "right" },
    ],
    rows: told.map(({ id, startedAt, saved, archive }) => [
      html`<a href="${pathTo("runs", id)}">${showMoment(startedAt)}</a>${archive && html`<br><span class="muted small">from ${archive}</span>`}`,
      ...[saved.notModified, saved.sameBytes, saved.sameText, saved.spared, saved.notDue].map(
        (n = 0) => (n === 0 ? html`<span class="muted">0</span>` : n.toLocaleString("en-US")),
      ),
      sizeText(saved.bytes ?? 0),
      sizeText(saved.bytesSaved ?? 0),
    ]),
    empty: "This shows once a run has come to its end.",
  });
}

/** The same for one run, each with what it means. */
export function savedFacts({ saved }: Run): Html | undefined {
  if (saved.bytes === undefined) return undefined;
  const { bytesSaved = 0 } = saved;
  return html`<dl class="facts">${listSavedParts(saved).map(
    ({ name, n, meaning }) =>
      html`<div><dt>${name}</dt><dd><strong>${n.toLocaleString("en-US")}</strong> <span class="muted">${meaning}</span></dd></div>`,
  )}
<div><dt>Sent</dt><dd><strong>${sizeText(saved.bytes)}</strong> <span class="muted">came over the wire${bytesSaved > 0 && `; ${sizeText(bytesSaved)} did not have to be sent again`}</span></dd></div></dl>`;
}

/** What a run left alone, by reason. */
export const cutOffTable = (cutOffs: CutOff[], caption: string): Html =>
  table({
    caption,
    columns: [
      { name: "Reason", wide: true },
      { name: "Addresses", align: "right" },
      { name: "For example", wide: true },
    ],
    rows: cutOffs.map(({ reason, times, example }) => [
      html`${reasonText(reason)}${meanings[reason] && html`<br><span class="muted small">${meanings[reason]}</span>`}`,
      times.toLocaleString("en-US"),
      exampleLinks(example),
    ]),
    empty: "Nothing: it met no trap and no limit.",
  });

const reasonText = (reason: string): string => {
  const text = reason.replace(/^trap: /, "");
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
};

/** What the reasons that are words of a trade mean. */
const meanings: Record<string, string> = {
  "near-duplicates": "Enough pages of this kind were read to see that they repeat each other.",
  "trap: calendar": "A calendar leads on from day to day for ever.",
  "trap: calendar file": "An appointment to be taken away, not a page.",
  "trap: query explosion": "One page, asked for in ever new combinations of choices.",
  "trap: repeated path": "A folder that seems to lie within itself leads on for ever.",
  "trap: sorting": "The same list in another order.",
  "trap: search": "What a search answers is not a page of the site's own.",
  "trap: print version": "The same page, made for paper.",
  "trap: reply": "A form to answer a comment.",
  "trap: door": "A way in for members, a basket or the like.",
  "trap: facets": "One list, narrowed down in ever new combinations.",
  "trap: many parameters": "One page, asked for in ever new combinations of choices.",
  "trap: session": "The same page, with the mark of one visit in its address.",
  "trap: nested address": "An address that grows with every step.",
  "trap: view": "The same list in another dress.",
  "trap: too long": "No page has an address of this length.",
};

/** An example is an address, or says that one is another. */
const exampleLinks = (example: string): Html =>
  html`${example.split(" is ").map((url, index) => html`${index > 0 && " is "}${outsideLink(url)}`)}`;

/** Kinds of pages that were tried in a browser. */
export const renderTable = (verdicts: RenderVerdict[], now: Date): Html =>
  table({
    caption: "By kind of page",
    columns: [
      { name: "Kind of page", wide: true },
      "A browser",
      { name: "Tried because it", wide: true },
      "When",
    ],
    rows: verdicts.map(({ template, gains, reason, triedAt }) => [
      html`<code>${template}</code>`,
      gains
        ? html`<span class="badge half">shows more</span>`
        : html`<span class="badge good">shows no more</span>`,
      reason,
      showAge(triedAt, now),
    ]),
    empty: "No page has shown that it needs a browser.",
  });
