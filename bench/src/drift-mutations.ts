import type { Recipe } from "@waymark/domain";
import { selectAll } from "css-select";
import {
  type AnyNode,
  type ChildNode,
  Element,
  isTag,
  isText,
  type ParentNode,
  Text,
} from "domhandler";
import { DomUtils, parseDocument } from "htmlparser2";

/** What may happen to a page overnight. */
export type Mutation = {
  name: string;
  /** Whether the page says all that it said, in whatever code. */
  keepsAll: boolean;
  /** The page after it; undefined where it cannot happen to such a page. */
  mutate(page: MutablePage, chance: () => number): string | undefined;
};

/** A page with the entries that its recipe tells apart. */
export type MutablePage = { html: string; recipe: Recipe };

/** Every mutation of the suite, harmless ones first. */
export const mutations: Mutation[] = [
  { name: "classes renamed", keepsAll: true, mutate: renameClasses },
  { name: "entries wrapped", keepsAll: true, mutate: wrapEntries },
  { name: "entries unwrapped", keepsAll: true, mutate: unwrapEntries },
  { name: "entries reordered", keepsAll: true, mutate: reorderEntries },
  { name: "template swapped", keepsAll: true, mutate: swapTemplate },
  { name: "30 % of entries dropped", keepsAll: false, mutate: dropEntries },
  { name: "script shell", keepsAll: false, mutate: showShell },
  {
    name: "cookie wall",
    keepsAll: false,
    mutate: (_page, chance) => frame("Privacy", pick(walls, chance)),
  },
  {
    name: "error with status 200",
    keepsAll: false,
    mutate: (_page, chance) => frame("Error", pick(errors, chance)),
  },
];

/** Numbers from 0 to 1 that follow from a seed. */
export function chanceFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const parse = (html: string) => parseDocument(html, { decodeEntities: false });
const write = (root: ParentNode): string =>
  DomUtils.getInnerHTML(root as AnyNode, { encodeEntities: false });

/** The nodes of each entry, as the recipe tells them apart. */
function entriesOf(root: ParentNode, { item, itemExtent }: Recipe): ChildNode[][] {
  const found = item ? selectAll<AnyNode, Element>(item, root.children) : [];
  const all = new Set<ParentNode>(found);
  const outer = found.filter((one) => !ancestorsOf(one).some((up) => all.has(up)));
  if (itemExtent !== "until-next") return outer.map((one) => [one]);
  return outer.map((one) => {
    const nodes: ChildNode[] = [one];
    for (let next = one.nextSibling; next && !all.has(next as Element); next = next.nextSibling) {
      const holds =
        isTag(next) && outer.some((other) => ancestorsOf(other).includes(next as Element));
      if (holds) break;
      nodes.push(next);
    }
    return nodes;
  });
}

function ancestorsOf(node: ChildNode): ParentNode[] {
  const found: ParentNode[] = [];
  for (let up = node.parent; up; up = up.parent) found.push(up);
  return found;
}

function renameClasses({ html }: MutablePage, chance: () => number): string | undefined {
  const root = parse(html);
  const salt = Math.floor(chance() * 1e6);
  const renamed = (word: string) =>
    `k${[...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 999_983, salt).toString(36)}`;
  const named = selectAll<AnyNode, Element>("[class]", root.children);
  for (const element of named)
    element.attribs.class = element.attribs
      .class!.split(/\s+/)
      .filter(Boolean)
      .map(renamed)
      .join(" ");
  return named.length > 0 ? write(root) : undefined;
}

/** Parts that must stand where they stand are wrapped inside. */
const fixed = new Set(["li", "tr", "td", "th", "dt", "dd"]);

function wrapEntries({ html, recipe }: MutablePage): string {
  const root = parse(html);
  for (const [first] of entriesOf(root, recipe)) {
    const element = first as Element;
    const boxes = element.name === "tr" ? element.children.filter(isTag) : [element];
    for (const box of boxes) {
      if (fixed.has(box.name)) {
        const wrapper = new Element("div", { class: "outer-box" }, box.children);
        for (const child of box.children) child.parent = wrapper;
        wrapper.parent = box;
        box.children = [wrapper];
      } else {
        const wrapper = new Element("div", { class: "outer-box" }, []);
        DomUtils.replaceElement(box, wrapper);
        DomUtils.appendChild(wrapper, box);
      }
    }
  }
  return write(root);
}

/** Takes a box away and leaves what is in it: one inside each entry, else the one around all. */
function unwrapEntries({ html, recipe }: MutablePage): string | undefined {
  const root = parse(html);
  const entries = entriesOf(root, recipe);
  const boxes = entries.flatMap((nodes) => {
    const inner = nodes.filter(isTag).flatMap(({ children }) => children.filter(isTag));
    return inner.filter(({ name }) => name === "div" || name === "span").slice(0, 1);
  });
  const around = entries[0]?.[0]?.parent;
  const chosen =
    boxes.length > 0 ? boxes : around && isTag(around) && around.name === "div" ? [around] : [];
  for (const box of chosen) {
    for (const child of [...box.children]) DomUtils.prepend(box, child);
    DomUtils.removeElement(box);
  }
  return chosen.length > 0 ? write(root) : undefined;
}

function reorderEntries({ html, recipe }: MutablePage, chance: () => number): string {
  const root = parse(html);
  const entries = entriesOf(root, recipe);
  const marks = entries.map(([first]) => {
    const mark = new Text("");
    DomUtils.prepend(first!, mark);
    return mark;
  });
  const order = entries.map((nodes) => ({ nodes, at: chance() })).toSorted((a, b) => a.at - b.at);
  for (const [index, { nodes }] of order.entries()) {
    const mark = marks[index]!;
    for (const node of nodes) DomUtils.prepend(mark, node);
  }
  return write(root);
}

function dropEntries({ html, recipe }: MutablePage, chance: () => number): string {
  const root = parse(html);
  const entries = entriesOf(root, recipe);
  const dropped = entries
    .map((nodes) => ({ nodes, at: chance() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, Math.ceil(entries.length * 0.3));
  for (const { nodes } of dropped) for (const node of nodes) DomUtils.removeElement(node);
  return write(root);
}

/** The same entries in another system's code: other tags, other classes, each line a paragraph. */
function swapTemplate({ html, recipe }: MutablePage): string | undefined {
  const root = parse(html);
  const entries = entriesOf(root, recipe);
  const first = entries[0]?.[0];
  const selectors = recipe.fields.name?.selectors ?? [];
  if (!first) return undefined;
  const written = entries.map((nodes) => {
    const name = selectors
      .flatMap((selector) => selectAll<AnyNode, Element>(selector, nodes))
      .slice(0, 1);
    const words = name[0] ? textOf([name[0]]).join(" ") : "";
    const link = selectAll<AnyNode, Element>("a[href]", nodes)[0]?.attribs.href;
    const lines = linesOf(nodes).filter((line) => line !== words);
    const head = link ? `<a href="${link}">${words}</a>` : words;
    return `<section class="nx-entry"><h3 class="nx-head">${head}</h3>${lines.map((line) => `<p class="nx-line">${line}</p>`).join("")}</section>`;
  });
  // A row cannot be replaced by a section inside its table.
  const table = [first as Element, ...ancestorsOf(first)].find(
    (up) => isTag(up) && up.name === "table",
  );
  const place = (table ?? first) as ChildNode;
  DomUtils.prepend(place, new Text(`<div class="nx-list">${written.join("\n")}</div>`));
  for (const nodes of entries) for (const node of nodes) DomUtils.removeElement(node);
  return write(root);
}

/** The lines of an entry; a cell of a table takes the head of its column along. */
function linesOf(nodes: readonly ChildNode[]): string[] {
  const row = nodes.find((node): node is Element => isTag(node) && node.name === "tr");
  if (!row) return textOf(nodes);
  const table = ancestorsOf(row).find(
    (up): up is Element => isTag(up as ChildNode) && (up as Element).name === "table",
  );
  const heads = table
    ? selectAll<AnyNode, Element>("th", table.children).map((head) => textOf([head]).join(" "))
    : [];
  return row.children
    .filter(isTag)
    .flatMap((cell, index) =>
      textOf([cell]).map((line) => (index > 0 && heads[index] ? `${heads[index]}: ${line}` : line)),
    );
}

const lineTags =
  /^(?:p|div|li|ul|ol|h[1-6]|td|th|tr|section|article|dt|dd|dl|br|header|footer|figure|blockquote|table)$/;

/** The texts of some nodes, line by line, as they are written. */
function textOf(nodes: readonly ChildNode[]): string[] {
  let text = "";
  const walk = (some: readonly ChildNode[]): void => {
    for (const node of some) {
      if (isText(node)) text += node.data;
      if (!isTag(node) || node.name === "script" || node.name === "style") continue;
      const breaks = lineTags.test(node.name);
      if (breaks) text += "\n";
      walk(node.children);
      if (breaks) text += "\n";
    }
  };
  walk(nodes);
  return text
    .split("\n\n")
    .flatMap((line) => line.replace(/\s+/g, " ").trim() || [])
    .flat();
}

function showShell({ html }: MutablePage): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? "";
  return `<!doctype html><html lang="en"><head><title>${title}</title><script src="/static/app.4f2a.js" defer></script></head><body><div id="root"></div></body></html>`;
}

const frame = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><main>${body}</main></body></html>`;

const pick = (texts: readonly string[], chance: () => number): string =>
  texts[Math.floor(chance() * texts.length)]!;

const walls = [
  "<h1>We value your privacy</h1><p>We and our partners store and access information on your device, such as cookies, and process personal data for ads and content, measurement and audience insights.</p><button>Accept all</button><button>Manage options</button>",
  "<h2>Before you continue</h2><p>This website uses cookies to give you the best experience. By clicking Accept you agree to the storing of cookies on your device and to our use of them to improve the site, to analyze traffic and to assist in our outreach.</p><a href='/cookies'>Cookie policy</a>",
  "<h1>Cookie consent</h1><ul><li><strong>Necessary cookies</strong> help make the website usable by enabling basic functions.</li><li><strong>Statistics cookies</strong> help us understand how visitors interact with the website.</li><li><strong>Marketing cookies</strong> are used to follow visitors across websites.</li></ul><button>Allow selection</button>",
  "<p>Please choose your preferences to enter. Some services on these pages need your consent.</p><form><label><input type='checkbox'> Videos</label><label><input type='checkbox'> Maps</label><button>Save and go on</button></form>",
];
const errors = [
  "<h1>Something went wrong</h1><p>An unexpected error occurred while we were getting this page ready for you. Our team has been told about it. Please try again in a few minutes.</p>",
  "<h1>Service temporarily unavailable</h1><p>We are doing some maintenance at the moment and will be back shortly. Thank you for your patience.</p>",
  "<p>Error establishing a database connection</p>",
  "<h2>Oops!</h2><p>The application could not complete your request. Reference: 83-2201-b. If the problem goes on, write to our help desk and name the reference.</p>",
];
