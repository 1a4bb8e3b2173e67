import type { Skim } from "@waymark/domain";
import { type Element, isTag, isText, type ParentNode } from "domhandler";
import { standsIn } from "./element-index.ts";
import type { Page } from "./page.ts";
import { trimmedLength } from "./white-space.ts";

/** What a page has of scripts, of places for them to fill, and of pleas for them. */
export type ScriptSigns = {
  scripts: number;
  /** Characters of data and code that stand in the page itself. */
  inline: number;
  /** Characters of text in the emptiest place that scripts fill; undefined without such a place. */
  mount: number | undefined;
  /** Asks for JavaScript where there is none. */
  plea: boolean;
};

/** A page with so much text of its own needs no script to say what it says. */
const ownTextMin = 1500;

/** An empty mount point, a plea for JavaScript, or scripts with hardly a word beside them: no page without a browser. */
export function shellReason(signs: ScriptSigns, visible: string): string | undefined {
  const { length } = visible;
  if (length > 500) return undefined;
  if (signs.plea && length < 300) return "has hardly any text and asks for JavaScript";
  if (signs.mount === 0 && signs.scripts > 0 && length < 300)
    return "has an empty mount point for a script";
  if (signs.scripts >= 3 && length < 60)
    return `has ${signs.scripts} scripts and ${length} characters of text`;
  return undefined;
}

/** Whether a page shows that a browser would show more of it, and how surely; undefined when it does not. */
export function browserSign(
  signs: ScriptSigns,
  { visible, text, verdict, reason }: { visible: string; text: string } & Verdict,
): Skim["browser"] {
  if (verdict === "shell") return { sure: true, reason: reason ?? "is an empty shell" };
  if (verdict !== "page" || signs.scripts === 0 || visible.length >= ownTextMin) return undefined;
  const maybe = (why: string) => ({ sure: false, reason: why });
  if (signs.plea) return maybe(`asks for JavaScript and has ${visible.length} characters of text`);
  if (signs.mount !== undefined && signs.mount < 80)
    return maybe(`has a mount point for a script with ${signs.mount} characters in it`);
  if (text.length < 300 && /\b(loading|please wait|one moment)\b/i.test(text))
    return maybe(`says "${text.slice(0, 60).replaceAll("\n", " ")}"`);
  if (text.length < 400 && signs.inline > 8000 && signs.inline > 20 * visible.length)
    return maybe(
      `has ${signs.inline} characters of scripts and data and ${visible.length} of text`,
    );
  return undefined;
}

type Verdict = { verdict: Skim["verdict"]; reason?: string | undefined };

const mountNames =
  /^(root|app|__next|__nuxt|___gatsby|main|application|app-root|app-container|react-root|svelte|vue-app|ember-app|mount)$/i;

/** Collects the signs; what stands in a noscript is for readers without scripts. */
export function scriptSigns(page: Page): ScriptSigns {
  const { elements } = page;
  const isForAll = (element: Element) => !standsIn(element, "noscript");
  const scripts = elements.named("script").filter(isForAll);
  const mounts = [
    ...elements.withId.filter(({ attribs }) => mountNames.test(attribs.id ?? "")),
    ...elements.named("app-root"),
  ].filter((element) => !neverMounts.has(element.name) && isForAll(element));
  return {
    scripts: scripts.filter(({ children, attribs }) => children.length > 0 || attribs.src).length,
    inline: scripts.reduce(
      (sum, { startIndex, endIndex }) => sum + (endIndex ?? 0) - (startIndex ?? 0),
      0,
    ),
    mount: mounts.length > 0 ? Math.min(...mounts.map(shownLength)) : undefined,
    plea: elements
      .named("noscript")
      .some((element) => isForAll(element) && /java ?script/i.test(sourceOf(page, element))),
  };
}

const neverMounts: ReadonlySet<string> = new Set(["script", "noscript"]);

/** Characters of text in an element, without those of scripts and styles. */
function shownLength(node: ParentNode): number {
  return node.children.reduce((sum, child) => {
    if (isText(child)) return sum + trimmedLength(child.data);
    const isShown = isTag(child) && !/^(script|style|template|noscript)$/.test(child.name);
    return isShown ? sum + shownLength(child) : sum;
  }, 0);
}

const sourceOf = (
  page: Page,
  node: { startIndex: number | null; endIndex: number | null },
): string => page.source.slice(node.startIndex ?? 0, (node.endIndex ?? 0) + 1);
