import { type Element, isTag } from "domhandler";
import type { Placed } from "../page/head.ts";
import type { Page } from "../page/page.ts";
import { decodeText, quoteOf } from "../page/quote.ts";

/** A thing that structured data tells of: its type and those values that a quote can prove. */
export type StructuredThing = {
  type: string;
  name?: Placed;
  published?: Placed;
  modified?: Placed;
  starts?: Placed;
  founded?: Placed;
  dissolved?: Placed;
  funders: Placed[];
  parents: Placed[];
  alternateNames: Placed[];
};

/** What JSON-LD and microdata say, with the place of each value in the source. */
export function structuredThings(page: Page): StructuredThing[] {
  const things = page.head.jsonLd.flatMap(({ text, start }) => readJsonLd(page, text, start));
  return [...things, ...readMicrodata(page)];
}

function readJsonLd(page: Page, text: string, start: number): StructuredThing[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return [];
  }
  const things: StructuredThing[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (depth > 6 || things.length > 100) return;
    if (Array.isArray(node)) {
      for (const member of node) visit(member, depth + 1);
    } else if (node !== null && typeof node === "object") {
      const record = node as Record<string, unknown>;
      const type = [record["@type"]].flat().find((one) => typeof one === "string");
      if (typeof type === "string") things.push(readThing(page, record, type, text, start));
      for (const key of Object.keys(record)) if (holding.has(key)) visit(record[key], depth + 1);
    }
  };
  visit(data, 0);
  return things;
}

/** Keys under which a thing holds others. */
const holding: ReadonlySet<string> = new Set([
  "@graph",
  "mainEntity",
  "about",
  "itemListElement",
  "item",
]);

function readThing(
  page: Page,
  record: Record<string, unknown>,
  type: string,
  text: string,
  start: number,
): StructuredThing {
  const placed = (value: unknown): Placed | undefined =>
    typeof value === "string" ? placeString(page, value, text, start) : undefined;
  // A time may be written with escapes; the day before it never is.
  const placedDay = (value: unknown): Placed | undefined =>
    placed(value) ??
    (typeof value === "string" ? placeDay(page, value.slice(0, 10), text, start) : undefined);
  const named = (value: unknown): Placed[] =>
    [value].flat().flatMap((one) => {
      const name =
        typeof one === "string"
          ? one
          : one !== null && typeof one === "object" && "name" in one
            ? one.name
            : undefined;
      return placed(name) ?? [];
    });
  const thing: StructuredThing = {
    type: type.replace(/^.*[/#:]/, ""),
    funders: named(record.funder ?? record.sponsor),
    parents: named(record.parentOrganization ?? record.provider),
    alternateNames: named(record.alternateName),
  };
  const put = (key: PlacedKey, value: Placed | undefined) => {
    if (value) thing[key] = value;
  };
  put("name", placed(record.name ?? record.headline));
  put("published", placedDay(record.datePublished ?? record.dateCreated));
  put("modified", placedDay(record.dateModified));
  put("starts", placed(record.startDate));
  put("founded", placed(record.foundingDate));
  put("dissolved", placed(record.dissolutionDate));
  return thing;
}

/** A string of the JSON in the source; one that the source writes with escapes proves nothing by its place. */
function placeString(page: Page, value: string, text: string, start: number): Placed | undefined {
  const at = text.indexOf(JSON.stringify(value));
  if (at < 0 || value === "") return undefined;
  const from = start + at + 1;
  const end = from + value.length;
  const seen = quoteOf(page.source.slice(from, end));
  return seen === value.replace(/\s+/g, " ").trim() && seen !== ""
    ? { value: seen, start: from, end }
    : undefined;
}

/** The day that a string of the JSON begins with. */
function placeDay(page: Page, day: string, text: string, start: number): Placed | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? text.indexOf(`"${day}`) : -1;
  const from = start + at + 1;
  return at < 0 || quoteOf(page.source.slice(from, from + 10)) !== day
    ? undefined
    : { value: day, start: from, end: from + 10 };
}

function readMicrodata({ source, elements }: Page): StructuredThing[] {
  const things = new Map<Element, StructuredThing | undefined>();
  for (const element of elements.marked) {
    const { itemscope, itemtype, itemprop } = element.attribs;
    if (itemscope !== undefined) {
      const type = /[^/#]+$/.exec(itemtype ?? "")?.[0];
      things.set(
        element,
        type ? { type, funders: [], parents: [], alternateNames: [] } : undefined,
      );
      continue;
    }
    const thing = thingAround(element, things);
    if (itemprop && thing) readProperty(source, element, itemprop, thing);
  }
  return [...things.values()].filter((thing) => thing !== undefined);
}

/** What the nearest element that is a thing tells of; undefined also where that one has no type. */
function thingAround(
  { parent }: Element,
  things: ReadonlyMap<Element, StructuredThing | undefined>,
): StructuredThing | undefined {
  for (let up = parent; up && isTag(up); up = up.parent) if (things.has(up)) return things.get(up);
  return undefined;
}

function readProperty(
  source: string,
  element: Element,
  property: string,
  thing: StructuredThing,
): void {
  const key = microdataKeys[property];
  if (!key || thing[key]) return;
  const attribute = element.attribs.content ?? element.attribs.datetime;
  const from = element.startIndex ?? 0;
  const raw = source.slice(from, (element.endIndex ?? from) + 1);
  if (attribute !== undefined) {
    const at = raw.indexOf(attribute);
    if (at >= 0 && attribute.trim() !== "") {
      thing[key] = {
        value: decodeText(attribute).replace(/\s+/g, " ").trim(),
        start: from + at,
        end: from + at + attribute.length,
      };
    }
    return;
  }
  const value = quoteOf(raw);
  if (value !== "" && value.length < 500)
    thing[key] = { value, start: from, end: from + raw.length };
}

type PlacedKey = "name" | "published" | "modified" | "starts" | "founded" | "dissolved";
const microdataKeys: Readonly<Record<string, PlacedKey>> = {
  name: "name",
  headline: "name",
  datePublished: "published",
  dateCreated: "published",
  dateModified: "modified",
  startDate: "starts",
  foundingDate: "founded",
  dissolutionDate: "dissolved",
};
