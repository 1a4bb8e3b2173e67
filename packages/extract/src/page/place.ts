import { remember } from "@waymark/normalize";
import { type ChildNode, type Element, isTag, isText, type ParentNode } from "domhandler";
import { trimmedLength } from "./white-space.ts";

/**
 * Where on a page something stands. `notice` is a banner or alert: no content, but the place where ends
 * are announced; `carousel` is a row of cards that slide, often of news, at times of efforts. Everything but `main` and `notice` repeats from page to page or tells of something else.
 */
export type Place =
  | "main"
  | "notice"
  | "header"
  | "navigation"
  | "footer"
  | "aside"
  | "carousel"
  | "related"
  | "comments"
  | "cookie";

/** Elements that hold a page's title or main element, and those that hold most of its text. */
export type Bulk = { titled: ReadonlySet<Element>; most: ReadonlySet<Element> };

/** Measured once a page, since class names are chosen by people who did not think of us. */
export function measureBulk(root: ParentNode): Bulk {
  const titled = new Set<Element>();
  // Most elements hold little, and need not be remembered until all is known.
  const large: { element: Element; size: number }[] = [];
  let titles = 0;
  const measure = (nodes: readonly ChildNode[]): number => {
    let size = 0;
    for (const node of nodes) {
      if (isText(node)) size += trimmedLength(node.data);
      else if (isTag(node) && !silentTags.has(node.name)) {
        const before = titles;
        const inner = measure(node.children);
        if (node.name === "h1" || node.name === "main") titles += 1;
        if (titles > before) titled.add(node);
        // Words that are links do not count: a menu may be longer than what it leads to.
        if (node.name === "a" || inner === 0) continue;
        large.push({ element: node, size: inner });
        size += inner;
      }
    }
    return size;
  };
  const total = measure(root.children);
  const most = new Set<Element>();
  // On a page of few words any foot holds much of them.
  for (const { element, size } of large)
    if (size > total * (size > 400 ? 0.4 : 0.7)) most.add(element);
  return { titled, most };
}

/**
 * The place an element opens for what it holds, or undefined when it stays where its parent is. Who asks an element
 * several things may find out once what its names tell.
 */
export function placeOf(
  element: Element,
  parentPlace: Place,
  bulk: Bulk,
  told = toldByNames(element),
): Place | undefined {
  const tag = element.name;
  if (tag === "html" || tag === "body" || tag === "main" || tag === "h1") return undefined;
  if (tag === "article" && parentPlace === "main") return undefined;
  const role = element.attribs.role?.toLowerCase();
  if (role === "main") return undefined;
  const byTag = placesByTag[tag] ?? (role ? placesByRole[role] : undefined);
  const isMost = bulk.most.has(element);
  if (
    byTag &&
    (!isMost || isAlwaysAside(byTag, element, bulk)) &&
    !(byTag === "header" && isWithinArticle(element))
  )
    return byTag;
  const byWords = placeWords[told.rank]?.[0];
  // A name never makes furniture of what holds the page's title or most of its text.
  if (byWords === undefined || bulk.titled.has(element)) return undefined;
  return isMost && !isAlwaysAside(byWords, element, bulk) ? undefined : byWords;
}

/** Consent forms, comments and feet are at times longer than the page; they are never what it is there for. */
const isAlwaysAside = (place: Place, element: Element, bulk: Bulk): boolean =>
  (place === "cookie" || place === "comments" || element.name === "footer") &&
  !bulk.titled.has(element);

/** Class names and id as words between blanks: `siteFooter main-nav` → ` site footer main nav `. */
export const classWords = (element: Element): string => toldByNames(element).words;

/** What the names that its author gave an element tell: their words, and what follows from these. */
type ToldByNames = {
  words: string;
  /** Where its place stands among `placeWords`; behind the last where no word tells one. */
  rank: number;
  /** The signs of being hidden, as bits. */
  hides: number;
};

export function toldByNames({ attribs }: Element): ToldByNames {
  const { class: names, id } = attribs;
  if (!id) return names ? readNames(names) : nothingTold;
  if (!names) return readNames(id);
  if (names.length + id.length >= namesMax) return readNames(`${names} ${id}`);
  // Ids differ from element to element, so that the two together would be read anew each time.
  return together(readNames(names), readNames(id));
}

const namesMax = 400;
const together = (one: ToldByNames, other: ToldByNames): ToldByNames => ({
  words: `${one.words}|${other.words}`,
  rank: Math.min(one.rank, other.rank),
  hides: one.hides | other.hides,
});

/** Words of one name stand between blanks, names between bars, so that no word is made of two names. */
const readNames = remember((written: string): ToldByNames => {
  const words = ` ${splitCase(written.slice(0, namesMax))
    .replace(/\s+/g, " | ")
    .replace(/[_-]+/g, " ")} `;
  return {
    words,
    rank: anyPlaceWord.test(words)
      ? placesByClass.findIndex((pattern) => pattern.test(words))
      : placeWords.length,
    hides: hidesByWords(words),
  };
}, 5000);

/** `siteFooter` as `site-footer`; most names have small letters only. */
function splitCase(names: string): string {
  const small = names.toLowerCase();
  return small === names ? names : names.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
}

/** Whether a page does not show an element's text. Panels that a click opens, by id or by class, count as shown. */
export function isHidden(
  element: Element,
  opened: ReadonlySet<string>,
  { hides } = toldByNames(element),
): boolean {
  const { attribs } = element;
  const { hidden, style } = attribs;
  if (
    ((hidden !== undefined && hidden !== "until-found") ||
      attribs["aria-hidden"] === "true" ||
      (style && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style))) &&
    !isPanel(element, opened)
  )
    return true;
  return (hides & hiding.always) > 0 || (hides & hiding.everywhere) === hiding.everywhere;
}

const hiding = { always: 1, desktop: 2, handheld: 4, everywhere: 6 };

function hidesByWords(words: string): number {
  if (!anyHidingWord.test(words)) return 0;
  if (/ (?:screen reader|sr only|visually hidden|visuallyhidden|skip link|skip to) /.test(words))
    return hiding.always;
  // Site builders hide a section on every kind of screen one by one.
  return (
    (/ hidden desktop /.test(words) ? hiding.desktop : 0) |
    (/ hidden (?:mobile|phone) /.test(words) ? hiding.handheld : 0)
  );
}

/** One of these is in every name that hides. */
const anyHidingWord = / (?:screen|sr|visually|visuallyhidden|skip|hidden) /;

/** Elements that hold nothing a reader sees as text. */
export const silentTags: ReadonlySet<string> = new Set(
  "script style noscript template svg math object embed iframe canvas audio video select textarea input datalist head map".split(
    " ",
  ),
);

const placesByTag: Readonly<Record<string, Place>> = {
  nav: "navigation",
  header: "header",
  footer: "footer",
  aside: "aside",
  marquee: "notice",
  blink: "notice",
  dialog: "cookie",
};

const placesByRole: Readonly<Record<string, Place>> = {
  navigation: "navigation",
  menu: "navigation",
  menubar: "navigation",
  banner: "header",
  contentinfo: "footer",
  complementary: "aside",
  search: "navigation",
  alert: "notice",
  dialog: "cookie",
  alertdialog: "cookie",
};

/** The words of names that tell a place; the first place whose words stand in a name is meant. */
const placeWords: readonly (readonly [Place, string])[] = [
  ["cookie", "cookie|cookies|consent|gdpr|ccpa|onetrust|modal|popup|lightbox"],
  ["comments", "comments|comment list|disqus|respond|reply form"],
  [
    "navigation",
    "nav|navbar|navigation|menu|submenu|topnav|leftnav|sidenav|breadcrumb|breadcrumbs|pager|pagination|toc|mega menu|site map|sitemap|jump links|skip|search form",
  ],
  ["footer", "footer|foot|colophon|copyright|legal|site info"],
  [
    "related",
    "related|recommended|recommendations|read next|more posts|also like|share|sharing|social|addtoany|sharedaddy|newsletter|subscribe|signup",
  ],
  [
    "notice",
    "alert|alerts|announcement|announcements|notification|notice|alert banner|top bar|announce",
  ],
  [
    "aside",
    "sidebar|side bar|widget area|aside|promo|advert|advertisement|ads|ad|sponsored|ticker|testimonials|twitter|tweets|counter",
  ],
  ["carousel", "carousel|rotator|slider|slideshow|swiper"],
  ["header", "masthead|site header|page header bar|topbar|site branding"],
];

const wordsOf = (alternatives: string): RegExp => new RegExp(` (?:${alternatives}) `);

const nothingTold: ToldByNames = { words: "", rank: placeWords.length, hides: 0 };

const placesByClass = placeWords.map(([, words]) => wordsOf(words));

/** Most names tell no place: one look for all words answers for them. */
const anyPlaceWord = wordsOf(placeWords.map(([, words]) => words).join("|"));

const isPanel = (element: Element, opened: ReadonlySet<string>): boolean =>
  opened.has(element.attribs.id ?? "") ||
  element.attribs.role === "tabpanel" ||
  / (accordion|collapse|panel|tab|tabs|toggle|faq|dropdown content|expand|expandable|details) /.test(
    classWords(element),
  );

function isWithinArticle(element: Element): boolean {
  for (let up = element.parent; up; up = up.parent) {
    if ("name" in up && (up.name === "article" || up.name === "main" || up.name === "section"))
      return true;
  }
  return false;
}
