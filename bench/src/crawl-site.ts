/*
 * The pages of the simulated sites: hosts of equal size, every page reachable from `/`, about 44 KiB of
 * the kind that content systems write. A page follows from its host, number and version alone.
 */
import { createDraw } from "@waymark/match";
import { createSiteText } from "./crawl-site-text.ts";

/** How many hosts there are, and pages on each. */
export type SiteShape = { hosts: number; pages: number };

/** One page of one host. */
export type SitePage = { host: number; page: number };

export const hostAddress = (host: number): string => `127.0.1.${host + 1}`;
export const pagePath = (page: number): string => (page === 0 ? "/" : `/p/${page}`);

/** The page at a path; undefined where there is none. */
export function pageAt(shape: SiteShape, path: string): number | undefined {
  if (path === "/") return 0;
  const page = Number(/^\/p\/([1-9]\d*)$/.exec(path)?.[1]);
  return page < shape.pages ? page : undefined;
}

/** Links of a page's text: the next six, so that all are reachable, and twelve that look like chance. */
export function linksOf(shape: SiteShape, { host, page }: SitePage): string[] {
  const draw = createDraw(seedOf(host, page, 0) + 1);
  const next = Array.from({ length: 6 }, (_, step) => (page + step + 1) % shape.pages);
  const chance = Array.from({ length: 12 }, () => Math.floor(draw() * shape.pages));
  return [...next, ...chance].map(pagePath);
}

/**
 * The share of pages whose text changes, chosen by the seed: always exactly so many, and not the homes
 * alone.
 */
export function pickChanged(shape: SiteShape, share: number, seed: number): SitePage[] {
  const all = Array.from({ length: shape.hosts * shape.pages }, (_, index) => ({
    host: index % shape.hosts,
    page: Math.floor(index / shape.hosts),
  }));
  const draw = createDraw(seed);
  return all
    .map((page) => ({ page, place: draw() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, Math.round(all.length * share))
    .map(({ page }) => page);
}

const text = createSiteText();
const sections = 9;

/** The page as HTML. Another version differs in its text, not in its links. */
export function writePage(shape: SiteShape, at: SitePage, version: number): string {
  const draw = createDraw(seedOf(at.host, at.page, version));
  const title = `${capital(text.phrase(draw))} (${at.host + 1}-${at.page})`;
  const links = linksOf(shape, at);
  const body = Array.from({ length: sections }, (_, index) =>
    writeSection(index, links.slice(index * 2, index * 2 + 2), draw),
  ).join("\n");
  const cards = Array.from({ length: 8 }, (_, index) => {
    const to = pagePath((at.page + 11 * (index + 1)) % shape.pages);
    return `<div class="card card-${index}" data-kind="teaser"><img class="card-image" src="/img/card-${index}.jpg" alt="" width="320" height="180" loading="lazy" decoding="async"><a class="card-link" href="${to}"><h3 class="card-title">${text.phrase(draw)}</h3></a><p class="card-text">${text.phrase(draw)}</p></div>`;
  }).join("\n");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${text.phrase(draw)}">
<style>${style}</style>
<script type="application/ld+json">${jsonLd(title, at)}</script>
<script>${script}</script></head>
<body><header class="site-header"><nav class="menu" aria-label="Main"><ul>
${menuOf(shape)}
</ul></nav></header>
<main><article><h1>${title}</h1>
${body}
</article></main>
<aside class="more">${cards}</aside>
<footer class="site-footer"><p>Served for measuring. <a href="https://www.example.org/imprint">Imprint</a> <a href="mailto:office@example.org">Write to us</a></p></footer>
</body></html>
`;
}

function writeSection(index: number, links: string[], draw: () => number): string {
  const paragraphs = Array.from({ length: 3 }, (_, nth) => {
    const to = links[nth];
    const linked = to ? ` See <a href="${to}">${text.phrase(draw)}</a>.` : "";
    return `<p class="body-text">${text.paragraph(draw)}${linked}</p>`;
  });
  const phrases = (count: number) => Array.from({ length: count }, () => text.phrase(draw));
  const extra =
    index % 3 === 0
      ? `<ul class="plain">${phrases(9)
          .map((line) => `<li class="plain-item">${line}</li>`)
          .join("")}</ul>`
      : index % 3 === 1
        ? `<table class="grid"><thead><tr><th>Term</th><th>What</th><th>Places</th></tr></thead><tbody>${phrases(
            7,
          )
            .map(
              (line, row) =>
                `<tr><td>Term ${row + 1}</td><td>${line}</td><td>${Math.floor(draw() * 90)}</td></tr>`,
            )
            .join("")}</tbody></table>`
        : `<figure class="wide"><img src="/img/${index}.jpg" alt="${text.phrase(draw)}" width="960" height="540" loading="lazy"><figcaption>${phrases(4).join("; ")}</figcaption></figure>`;
  return `<section id="s${index}" class="section section-${index}"><h2 class="section-title">${capital(text.phrase(draw))}</h2>
<picture class="section-picture"><source type="image/avif" srcset="/img/section-${index}-480.avif 480w, /img/section-${index}-960.avif 960w"><source type="image/webp" srcset="/img/section-${index}-480.webp 480w, /img/section-${index}-960.webp 960w"><img src="/img/section-${index}.jpg" alt="" width="960" height="320" loading="lazy"></picture>\n${paragraphs.join("\n")}\n${extra}</section>`;
}

const style = Array.from(
  { length: 60 },
  (_, index) =>
    `.block-${index} > .inner-${index % 7}{margin:${index % 5}px auto;border-radius:${index % 4}px;padding:${index % 9}px;color:#${(index * 4096 + 1118481).toString(16).slice(0, 6)}}`,
).join("\n");

const script = Array.from(
  { length: 40 },
  (_, index) =>
    `window.addEventListener("load", function step${index}() { document.body.dataset.s${index} = "${index}"; });`,
).join("\n");

function menuOf(shape: SiteShape): string {
  return Array.from({ length: 12 }, (_, index) => {
    const to = pagePath((index * 7) % shape.pages);
    return `<li class="menu-item"><a class="menu-link" href="${to}"><svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M${index} 3h18v18H3zM12 ${index}l6 6-6 6-6-6zM4 8c2-3 5-4 8-4s6 1 8 4-2 9-8 9-10-6-8-9zM7 20h10v1H7z" fill="none" stroke="currentColor" stroke-width="2"/></svg><span>Menu ${index + 1}</span></a></li>`;
  }).join("\n");
}

const jsonLd = (title: string, { host, page }: SitePage): string =>
  JSON.stringify({
    "@context": "https://schema.org",
    "@type": "WebPage",
    name: title,
    inLanguage: "en",
    identifier: `${host}-${page}`,
    isPartOf: { "@type": "WebSite", name: `Measured site ${host + 1}` },
    publisher: { "@type": "Organization", name: `Office ${host + 1} of the measured town` },
  });

const capital = (line: string): string => `${line[0]!.toUpperCase()}${line.slice(1)}`;

const seedOf = (host: number, page: number, version: number): number =>
  (host + 1) * 1_000_003 + page * 8_191 + version * 131;
