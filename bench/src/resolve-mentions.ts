import type { InitiativeValues, Mention } from "@waymark/domain";
import { createDraw } from "@waymark/match";
import { below, type Chance } from "./mutate-page.ts";
import type { MadeCatalog } from "./resolve-catalog.ts";
import { maybe } from "./resolve-words.ts";

/** A mention of which it is known what entry it is about; `undefined` is one that the catalog lacks. */
export type MadeMention = { mention: Mention; about: number | undefined; way: string };

/**
 * Mentions of entries drawn at random, each written in another way, and of efforts that the catalog lacks
 * (its own generator goes on past its end). Half of those that keep their lead tell their states too.
 */
export function makeMentions(catalog: MadeCatalog, count: number): MadeMention[] {
  const chance = createDraw(catalog.size + 99);
  return Array.from({ length: count }, (_none, number) => {
    const way = ways[number % ways.length]!;
    for (let attempt = 0; ; attempt++) {
      // Not every entry has an acronym, an alias or an address.
      const about = way.isUnknown
        ? catalog.size + 1000 + number * 100 + attempt
        : below(catalog.size, chance);
      const told = way.write(catalog.entry(about), chance);
      if (!told) continue;
      const mention = asMention(`m${number}`, told);
      return { mention, about: way.isUnknown ? undefined : about, way: way.name };
    }
  });
}

type Told = Partial<InitiativeValues> & { name: string };
type Way = {
  name: string;
  isUnknown?: boolean;
  /** Nothing where an entry cannot be written so. */
  write(entry: InitiativeValues, chance: Chance): Told | undefined;
};

const ways: Way[] = [
  { name: "as it is, address", write: ({ name, url }) => (url ? { name, url } : undefined) },
  {
    name: "as it is, lead",
    write: (entry, chance) => ({ name: entry.name, ...leadOf(entry, chance) }),
  },
  {
    name: "slip of a letter, lead",
    write: (entry, chance) => ({ name: withSlip(entry.name, chance), ...leadOf(entry, chance) }),
  },
  {
    name: "slip of a letter, address",
    write: ({ name, url }, chance) => (url ? { name: withSlip(name, chance), url } : undefined),
  },
  {
    name: "word dropped, lead",
    write: (entry, chance) => ({ name: withoutWord(entry.name, chance), ...leadOf(entry, chance) }),
  },
  {
    name: "words added, address",
    write: ({ name, url, leadOrganization }) =>
      url ? { name: `${leadOrganization}: The New ${name}`, url } : undefined,
  },
  {
    name: "words added, lead",
    write: (entry, chance) => ({ name: `The ${entry.name} Effort`, ...leadOf(entry, chance) }),
  },
  {
    name: "order reversed, lead",
    write: (entry, chance) => ({
      name: entry.name.split(" ").reverse().join(" "),
      ...leadOf(entry, chance),
    }),
  },
  {
    name: "acronym, lead",
    write: (entry, chance) =>
      entry.acronym ? { name: entry.acronym, ...leadOf(entry, chance) } : undefined,
  },
  {
    name: "alias, lead",
    write: (entry, chance) =>
      entry.aliases?.[0] ? { name: entry.aliases[0], ...leadOf(entry, chance) } : undefined,
  },
  {
    name: "not in the catalog",
    isUnknown: true,
    write: (entry, chance) => ({ ...entry, ...leadOf(entry, chance) }),
  },
];

function leadOf(
  { leadOrganization, states }: InitiativeValues,
  chance: Chance,
): Partial<InitiativeValues> {
  return {
    ...(leadOrganization && { leadOrganization }),
    ...(states && maybe(0.5, chance) && { states }),
  };
}

/** One letter left out, doubled, or changed places with the next. */
function withSlip(name: string, chance: Chance): string {
  const words = name.split(" ");
  const long = words.flatMap((word, index) => (word.length >= 5 ? [index] : []));
  const at = long[below(long.length, chance)] ?? 0;
  const word = words[at]!;
  const place = 1 + below(word.length - 2, chance);
  const [one, other] = [word[place]!, word[place + 1]!];
  const slips = [one + one + other, other, other + one];
  words[at] = word.slice(0, place) + slips[below(slips.length, chance)] + word.slice(place + 2);
  return words.join(" ");
}

function withoutWord(name: string, chance: Chance): string {
  const words = name.split(" ");
  if (words.length > 2) words.splice(below(words.length, chance), 1);
  return words.join(" ");
}

const asMention = (key: string, { name, aliases, ...told }: Told): Mention => ({
  key,
  role: "listing",
  name,
  aliases: aliases ?? [],
  ...(told as Partial<Mention>),
  relations: [],
  signs: [],
  range: { start: 0, end: name.length },
  relevance: { score: 1, reasons: [] },
  evidence: [],
});
