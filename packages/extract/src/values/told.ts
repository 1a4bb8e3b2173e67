import { type Gazetteer, matchesOf } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Finding, proves, type Stretch, wordsOf } from "./finding.ts";
import { type Subject, sentencesOf, tellsOf } from "./sentence.ts";
import { readDates } from "./told-dates.ts";
import { readOrganizations } from "./told-organizations.ts";

/** What the sentences of a block say of the subject: who leads, pays, works along; from when to when. */
export function readSentences(block: Block, subject: Subject, gazetteer: Gazetteer): Finding[] {
  return sentencesOf(block).flatMap((sentence) => [
    ...readOrganizations(sentence, subject, gazetteer),
    ...readDates(sentence, subject),
    ...readOtherNames(sentence, subject),
  ]);
}

const otherNameCue =
  /\b(?:formerly(?:\s+known\s+as|\s+called)?|previously(?:\s+known\s+as|\s+called|\s+named)?|originally\s+(?:known\s+as|called|named)|also\s+(?:known\s+as|called)|a\.?k\.?a\.?|(?:was\s+)?renamed\s+from|until\s+recently\s+(?:known|called)\s+as?)\s+(?:the\s+|as\s+)?["\u201c]?(?=\p{Lu})/giu;

function readOtherNames(sentence: Stretch, subject: Subject): Finding[] {
  const text = wordsOf(sentence);
  return matchesOf(text, otherNameCue).flatMap((match) => {
    if (!tellsOf(subject, text.slice(0, match.index).replace(/\b(?:is|was|are|were|and)\s*$/, "")))
      return [];
    const from = match.index + match[0].length;
    const name =
      /^(?:[\p{Lu}\d][^\s,;.)"\u201d]*|of|for|the|and|in|on|to|a|as|with|&|by|-|\u2013|into|from)(?:\s+(?:[\p{Lu}\d][^\s,;)"\u201d]*?(?=[.]?(?:[\s,;)"\u201d]|$))|of|for|the|and|in|on|to|a|as|with|&|by|into|from))*/u
        .exec(text.slice(from))?.[0]
        .replace(/(?:\s+(?:of|for|the|and|in|on|to|a|as|with|&|by|into|from)){1,9}$|\.$/, "");
    if (!name || name.length > 120 || (subject.own ?? subject.names).includes(name)) return [];
    return [proves("aliases", name, sentence, "sentence", 0.8)];
  });
}
