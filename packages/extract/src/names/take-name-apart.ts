import {
  keptWith,
  knownOrganization,
  looksLikeAcronym,
  looksLikeOrganization,
  splitName,
} from "@waymark/normalize";
import { type Context, entriesNamed } from "../page/site.ts";
import { holdsWord } from "../text/holds-word.ts";
import { type Stretch, within, wordsOf } from "../values/finding.ts";

/** A name line taken apart: "Name (ABC)", "Name – Lead organization", "Lead organization: Name". */
type NamedEffort = { name: Stretch; acronym?: string; aliases: string[]; lead?: Stretch };

/** Takes acronym, other names and the organization in front or behind off a name. */
export const takeNameApart = (ctx: Context, stretch: Stretch): NamedEffort =>
  nameApart(stretch, ctx);

/** A name is taken apart to judge it, to tell of it and to make a mention; its stretch belongs to one reading. */
const nameApart = keptWith((stretch: Stretch, ctx: Context) => partName(ctx, stretch));

function partName(ctx: Context, stretch: Stretch): NamedEffort {
  const line = withoutRepetition(withoutPrefix(stretch));
  if (entriesNamed(ctx.knowledge, wordsOf(line)).length > 0) return { name: line, aliases: [] };
  const { name: rest, lead } = withoutLead(ctx, line);
  const split = splitName(wordsOf(rest));
  const at = wordsOf(rest).indexOf(split.name);
  const name = at >= 0 ? within(rest, at, at + split.name.length) : rest;
  return {
    name,
    ...(split.acronym && { acronym: split.acronym }),
    aliases: split.aliases,
    ...(lead && { lead }),
  };
}

/** "Project: Harbor Skills" without what says that a name follows. */
function withoutPrefix(stretch: Stretch): Stretch {
  const prefix = namePrefix.exec(wordsOf(stretch))?.[0].length ?? 0;
  return within(stretch, prefix, stretch.to - stretch.from);
}

const namePrefix = /^(?:grant|project|program|programme|initiative|award|title|name)\s*:\s+(?=\S)/i;

/** Titles put the letters behind a name that holds them already. */
function withoutRepetition(stretch: Stretch): Stretch {
  const text = wordsOf(stretch);
  const letters = text.endsWith(")") ? bracketedLetters.exec(text) : null;
  return letters && holdsWord(text.slice(0, letters.index), letters[1]!)
    ? within(stretch, 0, letters.index)
    : stretch;
}

const bracketedLetters = /\s\(([A-Z][\w&.-]{1,11})\)$/;

/** A name line without the organization in front of the name, behind it or in a bracket. */
function withoutLead(ctx: Context, line: Stretch): Pick<NamedEffort, "name" | "lead"> {
  const text = wordsOf(line);
  // Most lines hold neither a dash, a colon nor a bracket.
  if (!mayHoldLead.test(text)) return { name: line };
  const isOrganization = (part: string) =>
    knownOrganization(part, ctx.gazetteer) !== undefined ||
    (looksLikeOrganization(part) &&
      !/\b(?:Academy|Trust|Center|Centre|System|Council|Commission|School)\b/.test(part));
  const behind = /^(.+?)\s+[\u2013\u2014|-]\s+(.+)$/.exec(text);
  if (behind && !/^\d{4}/.test(behind[2]!) && isOrganization(behind[2]!))
    return {
      name: within(line, 0, behind[1]!.length),
      lead: within(line, text.length - behind[2]!.length, text.length),
    };
  const front = /^([^:]+):\s+(.+)$/.exec(text);
  if (front && isOrganization(front[1]!) && entriesNamed(ctx.knowledge, front[1]!).length === 0)
    return {
      name: within(line, text.length - front[2]!.length, text.length),
      lead: within(line, 0, front[1]!.length),
    };
  const bracket = /^(.+?)\s+\(([^()]{5,})\)$/.exec(text);
  if (bracket && !looksLikeAcronym(bracket[2]!) && isOrganization(bracket[2]!))
    return {
      name: within(line, 0, bracket[1]!.length),
      lead: within(line, text.length - bracket[2]!.length - 1, text.length - 1),
    };
  return { name: line };
}

const mayHoldLead = /[\u2013\u2014|:)-]/;
