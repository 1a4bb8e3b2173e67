import { type Element, isTag, type ParentNode } from "domhandler";
import { DomUtils } from "htmlparser2";
import { type Bulk, placeOf } from "./place.ts";

/**
 * The ids of what a click opens on a page: panels of accordions and tabs, and text behind "Read more". They
 * count as shown. What a control in a menu, head or foot opens is a menu, search or consent form, and does not.
 */
export function openedPanels(controls: readonly Element[], bulk: Bulk): ReadonlySet<string> {
  const opened = new Set<string>();
  for (const control of controls) {
    const ids = controlledIds(control);
    if (ids.length > 0 && (isTab(control) || !opensFurniture(control, bulk)))
      for (const id of ids) opened.add(id);
  }
  return opened;
}

/** The ids of the elements that a click on this one shows or hides, by what it says itself. */
export function controlledIds(element: Element): string[] {
  const { attribs } = element;
  const { role, href } = attribs;
  const toggle = attribs["data-toggle"] ?? attribs["data-bs-toggle"];
  const popup = attribs["aria-haspopup"];
  if (
    (popup !== undefined && popup !== "false") ||
    role === "combobox" ||
    element.name === "input" ||
    (toggle !== undefined && !panelToggles.has(toggle))
  )
    return [];
  const targets = [attribs["data-target"], attribs["data-bs-target"]];
  if (role === "tab" || role === "button" || toggle !== undefined) targets.push(href);
  return [
    ...(attribs["aria-controls"]?.split(/\s+/) ?? []),
    ...targets.flatMap((target) => (target?.startsWith("#") ? [target.slice(1)] : [])),
  ].filter((id) => id !== "");
}

const panelToggles: ReadonlySet<string> = new Set(["collapse", "tab", "pill", "list", "accordion"]);

const isTab = ({ attribs }: Element): boolean =>
  attribs.role === "tab" ||
  /^(tab|pill)$/.test(attribs["data-toggle"] ?? attribs["data-bs-toggle"] ?? "");

function opensFurniture(control: Element, bulk: Bulk): boolean {
  const { attribs } = control;
  if (furnitureLabel.test(attribs["aria-label"] ?? DomUtils.textContent(control))) return true;
  for (let up: ParentNode | null = control; up && isTag(up); up = up.parent) {
    const place = placeOf(up, "main", bulk);
    if (place !== undefined && place !== "carousel") return true;
  }
  return false;
}

const furnitureLabel =
  /^\W*(?:(?:open|show|toggle|close|main|site|mobile|manage|your)\s+)*(?:menu|nav|navigation|search|cookies?|filters?|settings|preferences|privacy|share|log ?in|sign ?in|cart|language)\b/i;
