import { createDraw } from "@waymark/match";

const subjects =
  "the council|our advisers|two colleges|the workshop|each cohort|the evening class|a group of employers|the registry|local tutors|the steering board|several clinics|the harbour office|a second partner|the apprentices|the library branch|most graduates|the training yard|a mobile classroom|the county office|visiting engineers".split(
    "|",
  );
const verbs =
  "reviews|supports|records|prepares|describes|compares|invites|measures|renews|opens|funds|hosts|collects|explains|repeats|delays|gathers|completes|extends|revisits".split(
    "|",
  );
const qualities =
  "practical|regional|early|shared|careful|modular|paid|open|seasonal|technical|bilingual|second|weekly|recognised|portable|flexible|plain|long|joint|quiet".split(
    "|",
  );
const objects =
  "lessons|placements|credentials|job shadows|course plans|mentor hours|transcripts|skill records|entry tests|study circles|workplace visits|credit transfers|bridge courses|learner accounts|progress notes|advice sessions|safety drills|exam windows|employer surveys|childcare vouchers".split(
    "|",
  );
const tails =
  "before the autumn term|with help from neighbours|in the old mill hall|for people who return to work|while wages are paid|after the first month|at no cost to the learner|under one simple agreement|in small groups|across the river towns|when shifts allow it|as the survey had asked|with a written summary|until spring|beside the main campus|for first-year trainees|by agreement with each shop|on four evenings|in plain language|once the places are filled".split(
    "|",
  );

/** How many paragraphs there are to choose from; a page that has 27 of them is like no other. */
const paragraphCount = 2048;

/** Texts of a simulated site: the same for every process that asks. */
export type SiteText = {
  paragraph(draw: () => number): string;
  phrase(draw: () => number): string;
};

/** Makes the paragraphs once, so that a page is put together fast enough to be served on the fly. */
export function createSiteText(): SiteText {
  const draw = createDraw(41);
  const paragraphs = Array.from({ length: paragraphCount }, () =>
    Array.from({ length: 6 }, () => sentence(draw)).join(" "),
  );
  return {
    paragraph: (by) => pick(paragraphs, by),
    phrase: (by) => `${pick(qualities, by)} ${pick(objects, by)} ${pick(tails, by)}`,
  };
}

function sentence(draw: () => number): string {
  const subject = pick(subjects, draw);
  const text = `${subject} ${pick(verbs, draw)} ${pick(qualities, draw)} ${pick(objects, draw)} ${pick(tails, draw)}, and ${pick(subjects, draw)} ${pick(verbs, draw)} ${pick(objects, draw)}`;
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

const pick = (words: string[], draw: () => number): string =>
  words[Math.floor(draw() * words.length)]!;
