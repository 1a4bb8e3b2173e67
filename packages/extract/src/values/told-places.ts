import { findOrganizations, findPlaces, type Gazetteer } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Finding, proves, wordsOf } from "./finding.ts";
import { type Subject, sentencesOf, tellsOf } from "./sentence.ts";
import { otherBusiness } from "./told-dates.ts";

const placeCue =
  /(?:\b(?:in|across|reach(?:es|ed)?|reaching|serv(?:es|ed|ing)|throughout|spanning|covers?|includ(?:es|ed|ing)|are|from)\s+(?:(?:the\s+)?(?:\w+\s+)?states?\s*(?:of|:|,|—|–)?\s*)?|states?\s*(?::|—|–|\()\s*)$/i;

/** States that a sentence about the subject says it works in. Names of organizations do not count. */
export function readStates(block: Block, subject: Subject, gazetteer: Gazetteer): Finding[] {
  return sentencesOf(block).flatMap((sentence) => {
    const text = wordsOf(sentence);
    const states = findPlaces(text).filter((state) => !state.address);
    if (states.length === 0) return [];
    const organizations = findOrganizations(text, gazetteer);
    const first = states[0]!;
    const at = placeCue.exec(text.slice(0, first.start));
    if (!at || otherBusiness.test(text)) return [];
    if (!mentionsSubject(subject, text)) return [];
    return states
      .filter(
        (state) => !organizations.some((one) => state.start >= one.start && state.end <= one.end),
      )
      .filter(
        (state, index, all) =>
          index === 0 || isListed(text.slice(all[index - 1]!.end, state.start)),
      )
      .map((state) => proves("states", state.code, sentence, "sentence", 0.65));
  });
}

/** Between two states of one list stand a comma, "and", or little else. */
const isListed = (between: string): boolean =>
  /^[\s,;/&\u00b7|]*(?:and|or|,? as well as)?[\s]*(?:the )?$/.test(between) || between.length < 3;

const mentionsSubject = (subject: Subject, text: string): boolean =>
  /^(?:Learners|Students|Residents|Workers|Adults|Employers|Colleges|Schools|People|Families|Teachers)\s+(?:from|in|of|across)\s/.test(
    text,
  ) ||
  tellsOf(subject, text.slice(0, 200)) ||
  (/^(?:Through|At)\s/.test(text) && tellsOf(subject, text.slice(0, 300)));
