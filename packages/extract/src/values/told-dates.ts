import { findDates } from "@waymark/normalize";
import { type Finding, proves, type Stretch, wordsOf } from "./finding.ts";
import { mainClauseOf, type Subject, tellsOf } from "./sentence.ts";

const dateCues: readonly { field: "start" | "end"; pattern: RegExp; sure: number; free?: true }[] =
  [
    {
      field: "start",
      sure: 0.75,
      pattern:
        /\b(?:began|begun|started|launched|established|founded|created|formed|set up|opened|kicked off|introduced|initiated|operating|running|active)\s+(?:its (?:work|operations)\s+|by\s+[^,.]{3,60}?\s+)?(?:in|on|since|during)\s+(?:the\s+)?(?:early\s+|late\s+|mid-?)?$/i,
    },
    {
      field: "start",
      sure: 0.6,
      pattern: /(?:^|[\s,(])since\s+(?:its\s+(?:launch|founding|inception|creation)\s+in\s+)?$/i,
    },
    { field: "start", sure: 0.6, pattern: /^From\s+$/ },
    { field: "start", sure: 0.6, pattern: /^(?:Established|Founded|Launched|Est\.)\s+$/ },
    {
      field: "end",
      sure: 0.75,
      pattern:
        /\b(?:ended|concluded|closed|ceased(?: operations)?|sunset(?:ted)?|wound down|shut down|completed|discontinued)\s+(?:its\s+(?:work|operations|doors)\s+|operations\s+)?(?:in|on|at the end of|as of|with)\s+(?:the end of\s+)?$/i,
    },
    {
      field: "end",
      sure: 0.7,
      pattern:
        /\b(?:ends?|concludes?|close|closes|expires?|runs?|running|continues?|continuing|sunsets?|extended|renewed|lasts?|funded)\s+(?:in|on|through|until|to|at the end of)\s+(?:the end of\s+)?$/i,
    },
    {
      field: "end",
      sure: 0.75,
      free: true,
      pattern:
        /\b(?:(?:funded|supported)\s+by\s+[^.]{3,120}?\s(?=through|until)|(?:funding|funded|grant|award|support|project|program|initiative|work|pilot|phase|term|period)\s+)(?:period\s+)?(?:(?:now\s+)?(?:runs?|continues?|lasts?|ends?|extends?|(?:is|was|has been)\s+(?:funded|extended|renewed|secured|in place)|expires?)\s+)?(?:in|on|through|until|to)\s+(?:the end of\s+)?$/i,
    },
  ];

/** Sentences about deadlines and gatherings hold dates and places that are not the effort's own. */
export const otherBusiness =
  /\b(?:applications?|deadline|registration|register|enrollment|nominations?|submissions?|proposals?|comment period|RFP|webinar|conference|meeting|session|survey|early bird|office(?!\s+of\b)|workshop|event|vote|hearing|report was|published|released)\b/i;

/** From when to when the subject runs, as a sentence says. */
export function readDates(sentence: Stretch, subject: Subject): Finding[] {
  const text = wordsOf(sentence);
  if (otherBusiness.test(text)) return [];
  const findings: Finding[] = [];
  const main = mainClauseOf(text);
  const isOpeningOfIt = main > 0 && tellsOf(subject, text.slice(main, main + 120));
  const dates = findDates(text);
  for (const date of dates) {
    const before = text.slice(0, date.start);
    const isOfIt = (pattern: RegExp) =>
      date.start < main
        ? isOpeningOfIt
        : tellsOf(subject, before.slice(0, Math.max(0, before.search(pattern))));
    const cue = dateCues.find(
      ({ pattern, free }) => pattern.test(before) && (free || isOfIt(pattern)),
    );
    if (!cue) continue;
    if (
      cue.pattern.source === "^From\\s+$" &&
      !/^\s+(?:on|onwards?)\b/.test(text.slice(date.end)) &&
      date.kind !== "start"
    )
      continue;
    findings.push(proves(cue.field, date.date, sentence, "sentence", cue.sure));
  }
  const range =
    /\b(?:ran|runs?|running|operated|operates|(?:was|were|is) (?:active|funded|scheduled)|took place|takes place|worked|existed|lasts?|lasted|spans?|covers?|extends?)\b[^.]{0,30}$/i;
  const first = dates.findIndex(
    (date) => date.kind === "start" && range.test(text.slice(0, date.start)),
  );
  const last = dates[first + 1];
  if (first >= 0 && last?.kind === "end" && tellsOf(subject, text.slice(0, text.search(range)))) {
    findings.push(proves("start", dates[first]!.date, sentence, "sentence", 0.75));
    findings.push(proves("end", last.date, sentence, "sentence", 0.75));
  }
  return findings;
}
