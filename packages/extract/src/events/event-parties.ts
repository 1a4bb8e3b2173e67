import type { Party } from "@waymark/domain";
import {
  findStates,
  foldName,
  type Gazetteer,
  knownOrganization,
  looksLikeOrganization,
  stateName,
} from "@waymark/normalize";
import { namePhrase, withoutDate } from "../names/name-phrase.ts";
import { type Stretch, within, wordsOf } from "../values/finding.ts";
import { splitOrganizations } from "../values/organization-list.ts";
import { organizationsAt } from "../values/told-organizations.ts";
import { type Act, objectEnd, withoutTime } from "./act.ts";
import { countedPlaces } from "./event-cues.ts";
import type { Part, Setting } from "./event-part.ts";

/** Who had a part; undefined where the event is nothing without somebody who is not named. */
export function partiesOf(
  sentence: Stretch,
  masked: string,
  part: Part,
  setting: Setting,
): Party[] | undefined {
  const text = wordsOf(sentence);
  const { act, role, rest, kind } = part;
  const agents = (as: Party["role"]): Party[] =>
    (act.passive
      ? namedAfter(sentence, act.to, /^[^.;]{0,60}?\bby\s+(?:the\s+)?/u, setting)
      : role === "undergoes"
        ? agentsOf(sentence, act, setting)
        : []
    )
      .slice(0, 4)
      .map((name) => ({ role: as, name }));
  switch (kind) {
    case "rename": {
      const name = namePhrase(text.slice(rest));
      if (!name) return undefined;
      const former =
        role === "does" || act.passive
          ? ownName(text, masked, 0, act.from)
          : ownName(text, masked, act.to, rest);
      const isOther = former && foldName(former) !== foldName(name);
      return [
        ...(isOther ? [{ role: "former-name" as const, name: former }] : []),
        { role: "new-name", name },
      ];
    }
    case "merger": {
      if (role === "undergoes" && !act.passive && rest === endOfName(masked, act))
        return agents("successor");
      const name = namePhrase(text.slice(rest));
      return name ? [{ role: "successor", name }] : undefined;
    }
    case "transfer": {
      if (role === "undergoes" && !act.passive && rest === endOfName(masked, act)) {
        const taker = agents("lead");
        return taker.length > 0 ? taker : undefined;
      }
      const taker = takerAt(sentence, rest, setting);
      return taker ? [{ role: "lead", name: taker }] : undefined;
    }
    case "expansion":
      return placesIn(text.slice(act.to));
    case "award":
      return awardParties(sentence, masked, part, setting);
    case "launch":
    case "sunset":
    case "archive":
      return agents("by");
    default:
      return [];
  }
}

const endOfName = (masked: string, act: Act): number => objectEnd(masked, act, true) ?? -1;

/** The subject's name as the sentence writes it, where the sentence does. */
const ownName = (text: string, masked: string, from: number, to: number): string | undefined => {
  const found = /\ufffc+/.exec(masked.slice(from, to));
  return found ? text.slice(from + found.index, from + found.index + found[0].length) : undefined;
};

/** Who does something: the organizations that the clause begins with. */
function agentsOf(sentence: Stretch, act: Act, setting: Setting): string[] {
  const words = wordsOf(sentence).slice(0, act.from);
  const cut = words.search(
    /(?<=^|[:;\u2013\u2014]\s|\s-{1,2}\s)(?:(?!\s-{1,2}\s)[^:;\u2013\u2014])*$/u,
  );
  const clause = words.slice(Math.max(0, cut));
  const from = act.from - withoutTime(clause).length;
  return organizationsIn(within(sentence, from, act.from), setting);
}

function namedAfter(sentence: Stretch, from: number, cue: RegExp, setting: Setting): string[] {
  const found = cue.exec(wordsOf(sentence).slice(from));
  if (!found) return [];
  const at = from + found[0].length;
  return namesOf(organizationsAt(sentence, at, setting.gazetteer), setting);
}

const organizationsIn = (stretch: Stretch, setting: Setting): string[] =>
  namesOf(splitOrganizations(stretch, setting.gazetteer), setting);

const namesOf = (
  listed: ReturnType<typeof splitOrganizations>,
  { gazetteer, subject }: Setting,
): string[] =>
  listed
    .map(({ name }) => withoutDate(name.replace(/^The\s+/, "")))
    .filter((name) => isOrganization(name, gazetteer) && !subject.names.includes(name));

const isOrganization = (name: string, gazetteer: Gazetteer): boolean =>
  looksLikeOrganization(name) ||
  knownOrganization(name, gazetteer) !== undefined ||
  /^\p{Lu}\S*(?:\s+(?:of|for|the|and|&|\p{Lu}\S*))+$/u.test(name);

/** The one organization that a stretch begins with; a place or a thing is none. */
function takerAt(
  sentence: Stretch,
  from: number,
  { gazetteer, subject }: Setting,
): string | undefined {
  const [one] = organizationsAt(sentence, from, gazetteer);
  const name = one && withoutDate(one.name);
  const isNamed =
    name !== undefined &&
    (looksLikeOrganization(name) ||
      knownOrganization(name, gazetteer) !== undefined ||
      /^[A-Z]{2,}$/.test(name));
  return isNamed && !subject.names.includes(name) ? name : undefined;
}

/** The states that an effort came to, or how many places, as the sentence counts them. */
function placesIn(text: string): Party[] {
  const states = findStates(text).map(({ code }) => stateName(code) ?? code);
  if (states.length > 0) return [...new Set(states)].map((name) => ({ role: "place", name }));
  const counted = countedPlaces.exec(text)?.[0];
  return counted ? [{ role: "place", name: counted }] : [];
}

function awardParties(
  sentence: Stretch,
  masked: string,
  { act, role, receives }: Part,
  setting: Setting,
): Party[] {
  const text = wordsOf(sentence);
  const from = (cue: RegExp) => namedAfter(sentence, act.to, cue, setting);
  if (role === "does") {
    const given = /\s(?:to|for)\s+(?:the\s+)?(?=\p{Lu})/u;
    const name = ownName(text, masked, 0, act.from);
    return [
      ...(name ? [{ role: "funder" as const, name }] : []),
      ...from(new RegExp(`^(?:[^.;]|\\.\\d){0,90}?${given.source}`, "u")).map((grantee) => ({
        role: "grantee" as const,
        name: grantee,
      })),
    ];
  }
  const funders = receives
    ? [...from(/^(?:[^.;]|\.\d){0,110}?\s(?:from|by)\s+(?:the\s+)?(?=\p{Lu})/u)]
    : agentsOf(sentence, act, setting);
  return funders.slice(0, 4).map((name) => ({ role: "funder", name }));
}
