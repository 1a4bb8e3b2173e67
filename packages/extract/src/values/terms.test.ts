import { emptyKnowledge, type Vocabulary } from "@waymark/domain";
import { expect, test } from "vitest";
import { relevanceOf } from "./scope.ts";
import { topicsIn } from "./terms.ts";

const term = (vocabulary: Vocabulary, label: string, ...phrases: string[]) => ({
  ...{ vocabulary, label, phrases },
  ...{ edition: "", source: "", key: label.toLowerCase().replaceAll(" ", "-") },
});
const knowledge = {
  ...emptyKnowledge,
  terms: [
    term("topic", "Digital badges", "digital badge", "badge"),
    term("effort-area", "Learning at work", "work-based learning", "internship"),
    term("building-block", "Records", "LER", "learner record"),
    term("goal", "Messages", "badge"),
    term("relevance", "Glass blowing", "glass blowing"),
    term("irrelevance", "Beekeeping", "beehive"),
    term("topic", "Told by nothing"),
  ],
};

/** The topics of a text with the phrases that tell them. */
const check = (text: string, ...topics: [string, string][]) =>
  test(text, () => {
    expect(
      topicsIn(text, knowledge).map(({ term, from, to }) => [term.label, text.slice(from, to)]),
    ).toEqual(topics);
  });

check("Digital Badges for all", ["Digital badges", "Digital Badges"]);
check("a badge, later a digital badge", ["Digital badges", "badge"]);
check("Internships and work\u2011based  learning", ["Learning at work", "Internships"]);
check("LERs; a learner\u2019s record", ["Records", "LERs"]);
check("badgers and workers");
check("");

const relevance = (description: string, given = knowledge) =>
  relevanceOf({ name: "Lantern", description, around: "" }, given);

test("a curator's own words speak for and against, and are quoted as they stand", () => {
  expect(relevance("Evenings of glass-blowing for adults")).toEqual({
    score: expect.closeTo(0.69, 2),
    reasons: ['tells of Glass blowing ("glass-blowing")'],
  });
  expect(relevance("Beehives on roofs")).toEqual({
    score: expect.closeTo(0.12, 2),
    reasons: ['is rather about Beekeeping ("Beehives")'],
  });
  expect(relevance("Beehives on roofs", { ...emptyKnowledge, terms: [] }).reasons).toEqual([]);
});
