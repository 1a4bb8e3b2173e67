/** What a page of the mixed corpus truly says. */
export type MixedPage = { path: string; title: string; paragraphs: string[] };

/** One way to put a page's text before its readers. */
export type MixedLayout = {
  /** Also the folder of its pages' addresses, as a template's pages share one. */
  name: string;
  /** Whether its text shows only once scripts have run. */
  needsBrowser: boolean;
  write(page: MixedPage): string;
};

const menu = `<header><nav><a href="/">Home</a> <a href="/#about">About us</a> <a href="/#contact">Contact</a></nav></header>`;
const footer = "<footer><p>Printed on recycled electrons.</p></footer>";

const document = (title: string, body: string, head = ""): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;

const prose = ({ title, paragraphs }: MixedPage): string =>
  `<h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}`;

const framed = (page: MixedPage, more = ""): string =>
  `${menu}<main><article>${prose(page)}</article></main>${more}${footer}`;

const scripts = (count: number): string =>
  Array.from({ length: count }, (_, nth) => `<script src="/assets/part-${nth}.js"></script>`).join(
    "",
  );

const state = (page: MixedPage): string =>
  `<script id="state" type="application/json">${JSON.stringify(page).replaceAll("<", "\\u003c")}</script>`;

/** Builds the page's text in the element of an id, as the assets below do too. */
const build = `function build(page, id) {
  const place = document.getElementById(id);
  place.textContent = "";
  const add = (name, text) => { place.append(Object.assign(document.createElement(name), { textContent: text })); };
  add("h1", page.title);
  for (const text of page.paragraphs) add("p", text);
}`;

/** The scripts that pages load; every other script does nothing. */
export const assets: { [path: string]: string } = {
  "/assets/app.js": `${build}
fetch("/text" + location.pathname).then((answer) => answer.json()).then((page) => build(page, "app"));`,
  "/assets/late.js": `${build}
setTimeout(() => fetch("/text" + location.pathname).then((answer) => answer.json()).then((page) => build(page, "root")), 150);`,
  "/assets/list.js": `${build}
addEventListener("DOMContentLoaded", async () => build(await (await fetch("/text" + location.pathname)).json(), "content"));`,
};

/** Layouts whose text a plain fetch never sees. */
export const scriptLayouts: MixedLayout[] = [
  {
    name: "stated",
    needsBrowser: true,
    write: (page) =>
      document(
        "Loading",
        `<div id="root"></div>${state(page)}<script>${build}
build(JSON.parse(document.getElementById("state").textContent), "root");</script>`,
      ),
  },
  {
    name: "fetched",
    needsBrowser: true,
    write: ({ title }) =>
      document(title, `<div id="app"></div>`, `<script defer src="/assets/app.js"></script>`),
  },
  {
    name: "pleading",
    needsBrowser: true,
    write: ({ title }) =>
      document(
        title,
        `<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/assets/late.js"></script>`,
      ),
  },
  {
    name: "framed",
    needsBrowser: true,
    write: ({ title }) =>
      document(
        title,
        `${menu}<main id="content"><p>Loading…</p></main>${footer}${scripts(3)}`,
        `<script src="/assets/list.js"></script>`,
      ),
  },
];

/** Layouts that say all they have to say at once; some look as if they did not. */
export const plainLayouts: MixedLayout[] = [
  { name: "articles", needsBrowser: false, write: (page) => document(page.title, framed(page)) },
  {
    name: "cards",
    needsBrowser: false,
    write: ({ title, paragraphs }) =>
      document(
        title,
        `${menu}<main><h1>${title}</h1><div class="cards">${paragraphs.map((text, nth) => `<section class="card"><h2>Step ${nth + 1}</h2><p>${text}</p></section>`).join("")}</div></main>${footer}`,
      ),
  },
  {
    name: "questions",
    needsBrowser: false,
    write: ({ title, paragraphs }) =>
      document(
        title,
        `${menu}<main><h1>${title}</h1>${paragraphs.map((text) => `<details open><summary>What about it?</summary><p>${text}</p></details>`).join("")}</main>${footer}`,
      ),
  },
  {
    // Written by a server from the same state that its scripts then take over.
    name: "hydrated",
    needsBrowser: false,
    write: (page) =>
      document(page.title, `<div id="__next">${framed(page)}</div>${state(page)}${scripts(6)}`),
  },
  {
    name: "busy",
    needsBrowser: false,
    write: (page) =>
      document(
        page.title,
        framed(page, `<script>${"window.seen = [];".repeat(800)}</script>`),
        scripts(14),
      ),
  },
  {
    name: "maps",
    needsBrowser: false,
    write: (page) =>
      document(
        page.title,
        framed(
          page,
          `<div id="map"></div><noscript>Enable JavaScript to see the map.</noscript>${scripts(2)}`,
        ),
      ),
  },
  {
    name: "chat",
    needsBrowser: false,
    write: (page) => document(page.title, framed(page, `<div id="app"></div>${scripts(2)}`)),
  },
  {
    name: "notes",
    needsBrowser: false,
    write: ({ title, paragraphs }) =>
      document(title, framed({ path: "", title, paragraphs: paragraphs.slice(0, 1) }, scripts(1))),
  },
];

/** A short page with a plea for a gadget of its own: the hardest to tell from one that needs a browser. */
export const shortWithPlea: MixedLayout = {
  name: "visit",
  needsBrowser: false,
  write: ({ title, paragraphs }) =>
    document(
      title,
      `${menu}<main><h1>${title}</h1><p>${firstSentence(paragraphs[0]!)}</p><div id="map"></div><noscript>The map needs JavaScript.</noscript></main>${footer}${scripts(2)}`,
    ),
};

/** What a layout shows of a page in the end. */
export function truthOf({ name }: MixedLayout, { title, paragraphs }: MixedPage): string {
  if (name === "visit") return `${title} ${firstSentence(paragraphs[0]!)}`;
  if (name === "notes") return `${title} ${paragraphs[0]}`;
  return [title, ...paragraphs].join(" ");
}

const firstSentence = (text: string): string => `${text.split(". ")[0]}.`;
