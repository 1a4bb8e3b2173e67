import { mayActAs } from "@waymark/domain";
import { countOpenChanges } from "@waymark/store";
import { assetPath } from "../assets.ts";
import type { Call, OpenCall } from "../call.ts";
import { csrfField } from "./form.ts";
import { type Html, html } from "./html.ts";
import { keysHelp } from "./keys-help.ts";

const places = [
  { path: "/", name: "Overview" },
  { path: "/changes", name: "Changes" },
  { path: "/pairs", name: "Pairs" },
  { path: "/initiatives", name: "Initiatives" },
  { path: "/sources", name: "Sources" },
  { path: "/runs", name: "Runs" },
  { path: "/decisions", name: "Decisions" },
  { path: "/suppressed", name: "Held back" },
  { path: "/accounts", name: "Accounts", needs: "admin" },
] as const;
type Place = (typeof places)[number]["path"];

/** A whole page for somebody signed in. */
export async function renderPage(
  call: Call,
  options: { title: string; place?: Place; body: Html; status?: 200 | 400 | 403 | 404 | 409 | 500 },
): Promise<Response> {
  const { viewer, desk, c } = call;
  const waiting = await countOpenChanges(desk.db);
  const shown = places.filter(
    (place) => !("needs" in place) || mayActAs(viewer.account.role, place.needs),
  );
  return c.html(
    documentOf(
      options.title,
      html`<header class="top">
<div class="top-inner">
<a class="wordmark" href="/"><img src="${assetPath("mark.svg")}" alt="" width="28" height="28">Waymark</a>
<nav class="places" aria-label="Main">
<ul>${shown.map(
        ({ path, name }) =>
          html`<li><a href="${path}"${path === options.place && html` aria-current="page"`}>${name}${path === "/changes" && waiting > 0 && html` <span class="count" data-waiting>${waiting}<span class="visually-hidden"> waiting</span></span>`}</a></li>`,
      )}</ul>
</nav>
<form class="who" method="post" action="/sign-out">${csrfField(call)}<span class="who-name">${viewer.account.name}<span class="muted"> · ${viewer.account.role}</span></span><button class="button bare">Sign out</button></form>
</div>
</header>
<main id="main" tabindex="-1">${options.body}</main>
<footer class="bottom"><p>Waymark ${desk.version}<span class="keys-only"> · <button class="button bare" type="button" data-open-help>Keys <kbd>?</kbd></button></span></p></footer>
${keysHelp()}
<div id="live" class="visually-hidden" role="status" aria-live="polite"></div>`,
    ),
    options.status ?? 200,
  );
}

/** A whole page for anyone: sign-in, and problems before it. */
export function renderOpenPage(
  { c }: Pick<OpenCall, "c">,
  options: {
    title: string;
    body: Html;
    status?: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500;
  },
): Response | Promise<Response> {
  return c.html(
    documentOf(
      options.title,
      html`<main id="main" class="alone" tabindex="-1"><p class="wordmark"><img src="${assetPath("mark.svg")}" alt="" width="36" height="36">Waymark</p>${options.body}</main>`,
    ),
    options.status ?? 200,
  );
}

const documentOf = (title: string, body: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} · Waymark</title>
<link rel="icon" href="${assetPath("mark.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${assetPath("desk.css")}">
<script type="module" src="${assetPath("desk.js")}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the main part</a>
${body}
</body>
</html>`;

/** The head of a page: its one heading, a sentence below, and what can be done at its right. */
export const pageHead = (options: {
  title: string | Html;
  lead?: string | Html | undefined;
  actions?: Html | undefined;
  above?: Html | undefined;
}): Html => html`<div class="page-head">
<div>${options.above && html`<p class="above">${options.above}</p>`}<h1>${options.title}</h1>${options.lead && html`<p class="lead">${options.lead}</p>`}</div>
${options.actions && html`<div class="actions">${options.actions}</div>`}
</div>`;

/** A note at the top of a page: what was just done, with a way back where there is one. */
export const note = (text: Html | string, action?: Html): Html =>
  html`<div class="note" role="status"><p>${text}</p>${action}</div>`;
