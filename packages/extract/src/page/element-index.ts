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
  /** Elements that may show or hide another one when they are clicked. */
  readonly controls: Element[] = [];
  readonly #byName = new Map<string, Element[]>();

  /** The elements that a part of a parsed page holds. */
  static within(root: ParentNode): ElementIndex {
    const index = new ElementIndex();
    const walk = ({ children }: ParentNode): void => {
      for (const child of children) {
        if (!isTag(child)) continue;
        index.add(child, Object.keys(child.attribs).reduce(addSign, 0));
        walk(child);
      }
    };
    walk(root);
    return index;
  }

  /** Takes the next element, with the signs that `addSign` gathers from its attributes. */
  add(element: Element, signs: number): void {
    const alike = this.#byName.get(element.name);
    if (alike) alike.push(element);
    else this.#byName.set(element.name, [element]);
    if (signs === 0) return;
    if (signs & sign.id) this.withId.push(element);
    if (signs & sign.marked) this.marked.push(element);
    if (signs & sign.control) this.controls.push(element);
  }

  named(name: string): readonly Element[] {
    return this.#byName.get(name) ?? [];
  }
}

const sign = { id: 1, marked: 2, control: 4 };

/** The signs of an element, once one more of its attributes is known. */
export const addSign = (signs: number, attribute: string): number =>
  signs | (signsOfAttributes.get(attribute) ?? 0);

const signsOfAttributes: ReadonlyMap<string, number> = new Map([
  ["id", sign.id],
  ["itemscope", sign.marked],
  ["itemprop", sign.marked],
  ["role", sign.control],
  ["aria-controls", sign.control],
  ["data-target", sign.control],
  ["data-bs-target", sign.control],
  ["data-toggle", sign.control],
  ["data-bs-toggle", sign.control],
]);

/** Whether an element stands in another one of a name. */
export function standsIn(element: Element, name: string): boolean {
  for (let up = element.parent; up; up = up.parent) if (isTag(up) && up.name === name) return true;
  return false;
}
