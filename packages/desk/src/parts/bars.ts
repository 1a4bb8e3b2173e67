import { type Html, html } from "./html.ts";

type Bar = { label: string; n: number; look: string; path?: string };

/**
 * Lengths beside their labels and numbers: the picture repeats what the text says, so it is hidden from
 * those who hear the page. Sizes are attributes, since the page's policy allows no inline style.
 */
export function barList(bars: Bar[]): Html {
  const longest = Math.max(1, ...bars.map(({ n }) => n));
  return html`<ul class="bars">${bars.map(
    ({ label, n, look, path }) => html`<li class="${n === 0 && "zero"}">
<span class="bar-label">${path ? html`<a href="${path}">${label}</a>` : label}</span>
<svg class="bar ${look}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="10"/><rect class="fill" width="${Math.max(n > 0 ? 1.5 : 0, (n / longest) * 100)}" height="10"/></svg>
<span class="bar-n">${n.toLocaleString("en-US")}</span></li>`,
  )}</ul>`;
}

/** Shares of a whole as one bar, with a legend that says the numbers. */
export function shareBar(parts: Bar[]): Html {
  const total = parts.reduce((sum, { n }) => sum + n, 0);
  let at = 0;
  const pieces = parts.map((part) => {
    const width = total === 0 ? 0 : (part.n / total) * 100;
    const piece = html`<rect class="${part.look}" x="${at}" width="${Math.max(0, width - (width > 1 ? 0.4 : 0))}" height="10"/>`;
    at += width;
    return piece;
  });
  return html`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${pieces}</svg>
<ul class="legend">${parts.map(({ label, n, look, path }) => html`<li><span class="dot ${look}" aria-hidden="true"></span>${path ? html`<a href="${path}">${label}</a>` : label} <strong>${n.toLocaleString("en-US")}</strong></li>`)}</ul>`;
}

type Column = { label: string; whole: number; part: number };

/** Columns side by side, one a night: the whole, and the part of it that changed. */
export function columns(options: { title: string; columns: Column[] }): Html {
  const { title, columns } = options;
  const highest = Math.max(1, ...columns.map(({ whole }) => whole));
  const step = 100 / Math.max(columns.length, 7);
  return html`<svg class="columns" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label="${title}">
<line class="ground" x1="0" x2="100" y1="39.75" y2="39.75"/>
${columns.map(({ label, whole, part }, index) => {
  const height = (whole / highest) * 38;
  const marked = whole === 0 ? 0 : Math.max(part > 0 ? 1 : 0, (part / highest) * 38);
  const x = 100 - (columns.length - index) * step + step * 0.16;
  return html`<g><title>${label}</title><rect class="whole" x="${x}" y="${39.5 - height}" width="${step * 0.68}" height="${height}"/><rect class="part" x="${x}" y="${39.5 - marked}" width="${step * 0.68}" height="${marked}"/></g>`;
})}
</svg>`;
}
