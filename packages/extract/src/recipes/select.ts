import { compile, selectAll } from "css-select";
import { type AnyNode, type ChildNode, type Element, isTag, type ParentNode } from "domhandler";

const compiled = new Map<string, (node: AnyNode) => boolean>();

/** The elements among some nodes, and inside them, that a selector finds, in the order of the page. */
export function findAll(selector: string, nodes: readonly AnyNode[]): Element[] {
  let query = compiled.get(selector);
  if (!query) {
    if (compiled.size > 2000) compiled.clear();
    query = compile<AnyNode, Element>(selector);
    compiled.set(selector, query);
  }
  return selectAll<AnyNode, Element>(query, [...nodes]);
}

/**
 * Why a selector cannot be used, or undefined when it can. Counting siblings is for the few of an entry: over
 * all of a page it takes as long as they are many, each for each.
 */
export function faultOfSelector(
  selector: string,
  { isInsideEntry }: { isInsideEntry: boolean },
): string | undefined {
  if (!isInsideEntry && /:nth-/.test(selector))
    return '":nth-" counts within an entry alone; name what stands around it';
  const costly = /:(?:has|contains|icontains|nth-last-[a-z-]+|scope)\b|~(?!=)/.exec(selector)?.[0];
  if (costly) return `"${costly}" is not allowed, since a long page would take too long`;
  if (/^\s*[>+]|[>+,]\s*$/.test(selector))
    return "it begins or ends with a sign that needs a partner";
  try {
    compile<AnyNode, Element>(selector);
    return undefined;
  } catch (error) {
    return (error as Error).message.trim() || "it is no CSS selector";
  }
}

/** An element's following siblings up to the next one of the given elements, itself in front. */
export function untilNext(element: Element, others: ReadonlySet<Element>): ChildNode[] {
  const nodes: ChildNode[] = [element];
  for (let next = element.nextSibling; next; next = next.nextSibling) {
    if (isTag(next) && (others.has(next) || holdsAny(next, others))) break;
    nodes.push(next);
  }
  return nodes;
}

/** Whether one of the given elements stands inside. */
export function holdsAny(node: ParentNode, others: ReadonlySet<Element>): boolean {
  for (const other of others) {
    for (let up: ParentNode | null = other.parent; up; up = up.parent) if (up === node) return true;
  }
  return false;
}
