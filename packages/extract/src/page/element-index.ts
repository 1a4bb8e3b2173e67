import type { Element, ParentNode } from "domhandler";
import { isTag } from "domhandler";

/**
 * The elements of a tree by what readers look for, each in the order of the source: gathered while it is
 * parsed, so that nobody walks the whole tree for the few tables, times and scripts it holds.
 */
export class ElementIndex {
  /** Elements that microdata marks as a thing or as a value of one. */
  readonly marked: Element[] = [];
  readonly withId: Element[] = [];
  readonly #byName = new Map<string, Element[]>();

  /** The elements that a part of a parsed page holds. */
  static within(root: ParentNode): ElementIndex {
    const index = new ElementIndex();
    const walk = ({ children }: ParentNode): void => {
      for (const child of children) {
        if (!isTag(child)) continue;
        index.add(child);
        walk(child);
      }
    };
    walk(root);
    return index;
  }

  add(element: Element): void {
    const { name, attribs } = element;
    const alike = this.#byName.get(name);
    if (alike) alike.push(element);
    else this.#byName.set(name, [element]);
    if (attribs.id !== undefined) this.withId.push(element);
    if (attribs.itemscope !== undefined || attribs.itemprop !== undefined)
      this.marked.push(element);
  }

  named(name: string): readonly Element[] {
    return this.#byName.get(name) ?? [];
  }
}

/** Whether an element stands in another one of a name. */
export function standsIn(element: Element, name: string): boolean {
  for (let up = element.parent; up; up = up.parent) if (isTag(up) && up.name === name) return true;
  return false;
}
