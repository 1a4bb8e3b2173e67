import type { InitiativeValues } from "@waymark/domain";
import { createDraw } from "@waymark/match";
import { below, type Chance } from "./mutate-page.ts";
import {
  bodyKind,
  drawn,
  fieldWords,
  groupWord,
  kindWords,
  maybe,
  oneOf,
  properName,
  properNamesOf,
  stateNames,
  zipf,
} from "./resolve-words.ts";

/** A catalog that is never held as a whole: each entry is made anew from its number. */
export type MadeCatalog = { size: number; entry(number: number): InitiativeValues };

/**
 * A catalog of made-up efforts. Names follow seven patterns over words drawn by Zipf's law, one in eight of
 * field words alone, so that thousands share one; a few organizations lead many efforts, most lead a
 * handful, and the pages of their efforts lie on their own host; one entry in twenty is the sibling of a
 * neighbour, under the same lead and name but for a state, a phase or a year.
 */
export function makeCatalog(size: number): MadeCatalog {
  const shape = { proper: properNamesOf(size), organizations: Math.ceil(size / 20) + 10 };
  return {
    size,
    entry(number) {
      const chance = createDraw(number * 2_654_435_761 + 17);
      const isSibling = maybe(siblingShare, chance);
      if (!isSibling) return makeEffort(chance, shape);
      const neighbour = Math.max(0, number - 1 - below(20, chance));
      const other = createDraw(neighbour * 2_654_435_761 + 17);
      other();
      return makeSibling(makeEffort(other, shape), chance);
    },
  };
}

type Shape = { proper: number; organizations: number };

const siblingShare = 0.05;

/** The largest organization of a million entries' leads some six thousand of them. */
const leadersFlat = 20;

const platforms = ["sites.example", "campus.example", "pages.example", "workboards.example"];
const funders = 300;

function makeEffort(chance: Chance, shape: Shape): InitiativeValues {
  const lead = organization(zipf(shape.organizations, chance, leadersFlat), shape);
  const name = makeName(lead, chance, shape);
  const words = name.split(" ");
  const acronym = initials(words);
  const state = maybe(0.8, chance) ? lead.state : oneOf(stateNames, chance);
  return {
    name,
    leadOrganization: lead.name,
    ...(maybe(0.35, chance) && acronym.length >= 3 && { acronym }),
    ...(maybe(0.12, chance) && { aliases: [makeName(lead, chance, shape)] }),
    ...addressOf(words, lead, chance),
    description: describe(lead, chance, shape),
    ...(maybe(0.3, chance) && {
      funders: [`${properName(zipf(funders, chance) + 60)} Foundation`],
    }),
    ...(maybe(0.2, chance) && {
      partners: [organization(zipf(shape.organizations, chance), shape).name],
    }),
    ...(maybe(0.7, chance) && { states: [state[0]] }),
    ...(maybe(0.6, chance) && { start: String(2008 + below(18, chance)) }),
    kind: "initiative",
    status: maybe(0.8, chance) ? "active" : "ended",
  };
}

type Organization = { name: string; short: string; host: string; state: readonly [string, string] };

function organization(number: number, shape: Shape): Organization {
  const place = properName(zipf(shape.proper, createDraw(number * 40_503 + 5)));
  const own =
    number < shape.proper ? properName(number) : `${place} ${properName(number % shape.proper)}`;
  const kind = bodyKind(number);
  return {
    name: `${own} ${kind}`,
    short: own,
    host: `${own.toLowerCase().replaceAll(" ", "-")}-${kind.toLowerCase()}.example`,
    state: stateNames[number % stateNames.length]!,
  };
}

function makeName(lead: Organization, chance: Chance, shape: Shape): string {
  const proper = () => properName(zipf(shape.proper, chance));
  const field = () => drawn(fieldWords, chance);
  const kind = () => drawn(kindWords, chance);
  const at = chance();
  if (at < 0.33) return `${proper()} ${field()} ${kind()}`;
  if (at < 0.48) return `${proper()} ${proper()} ${field()} ${kind()}`;
  if (at < 0.6) return `${lead.state[1]} ${field()} ${field()} ${kind()}`;
  if (at < 0.72) return `${field()} ${field()} ${kind()}`;
  if (at < 0.84) return `${field()} ${field()} for ${groupWord(chance)}`;
  if (at < 0.95) return `${lead.short} ${field()} ${field()} ${kind()}`;
  return `${proper()}${oneOf(["Works", "Path", "Link", "Up", "Forward"], chance)}`;
}

function addressOf(words: string[], lead: Organization, chance: Chance): { url?: string } {
  const slug = words.slice(0, 4).join("-").toLowerCase();
  const at = chance();
  if (at < 0.55) return { url: `https://${lead.host}/programs/${slug}` };
  if (at < 0.67) return { url: `https://${words.slice(0, 3).join("").toLowerCase()}.example/` };
  if (at < 0.8)
    return { url: `https://${oneOf(platforms, chance)}/${lead.short.toLowerCase()}/${slug}` };
  return {};
}

function describe(lead: Organization, chance: Chance, shape: Shape): string {
  const length = 12 + below(28, chance);
  const words = Array.from({ length }, () =>
    maybe(0.08, chance)
      ? properName(zipf(shape.proper, chance))
      : drawn(fieldWords, chance).toLowerCase(),
  );
  return `${lead.short} brings ${words.join(" ")}.`;
}

/** The same lead and nearly the same name; what sets it apart is a state, a phase or a year. */
function makeSibling(of: InitiativeValues, chance: Chance): InitiativeValues {
  const [code, state] = oneOf(stateNames, chance);
  const year = 2008 + below(18, chance);
  const [mark, more] = oneOf<[string, Partial<InitiativeValues>]>(
    [
      [state, { states: [code] }],
      ["Phase II", {}],
      [String(year), { start: String(year) }],
    ],
    chance,
  );
  const { acronym: _acronym, aliases: _aliases, ...kept } = of;
  const slug = mark.toLowerCase().replaceAll(" ", "-");
  return {
    ...kept,
    ...more,
    name: `${of.name} ${mark}`,
    ...(of.url && { url: `${of.url.replace(/\/$/, "")}/${slug}` }),
  };
}

export const initials = (words: string[]): string =>
  words
    .filter((word) => /^[A-Z]/.test(word))
    .map((word) => word[0])
    .join("");
