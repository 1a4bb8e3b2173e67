/** The names of elements that pages are made of, each by itself: whoever looks one up gets the string that all share. */
export const elementNames: ReadonlyMap<string, string> = new Map(
  Object.keys({
    ...{ html: 1, head: 1, title: 1, base: 1, link: 1, meta: 1, style: 1, script: 1, noscript: 1 },
    ...{ body: 1, article: 1, section: 1, nav: 1, aside: 1, header: 1, footer: 1, main: 1 },
    ...{ h1: 1, h2: 1, h3: 1, h4: 1, h5: 1, h6: 1, address: 1, p: 1, hr: 1, pre: 1, blockquote: 1 },
    ...{ ol: 1, ul: 1, li: 1, dl: 1, dt: 1, dd: 1, figure: 1, figcaption: 1, div: 1, center: 1 },
    ...{ a: 1, em: 1, strong: 1, small: 1, s: 1, cite: 1, q: 1, abbr: 1, time: 1, code: 1, var: 1 },
    ...{
      sub: 1,
      sup: 1,
      i: 1,
      b: 1,
      u: 1,
      mark: 1,
      span: 1,
      br: 1,
      wbr: 1,
      font: 1,
      big: 1,
      tt: 1,
    },
    ...{ img: 1, picture: 1, source: 1, iframe: 1, embed: 1, object: 1, video: 1, audio: 1 },
    ...{ svg: 1, g: 1, path: 1, use: 1, circle: 1, rect: 1, line: 1, polygon: 1, defs: 1, map: 1 },
    ...{ table: 1, caption: 1, colgroup: 1, col: 1, tbody: 1, thead: 1, tfoot: 1, tr: 1, td: 1 },
    ...{ th: 1, form: 1, label: 1, input: 1, button: 1, select: 1, option: 1, textarea: 1 },
    ...{ fieldset: 1, legend: 1, details: 1, summary: 1, dialog: 1, template: 1, area: 1, ins: 1 },
  }).map((name) => [name, name]),
);
