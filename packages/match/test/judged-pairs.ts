import { emptyKnowledge, type InitiativeValues } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import { type JudgedPair, observePair } from "../src/index.ts";

const words = [
  ...["Lantern", "Ladder", "Harbor", "Meadow", "Quarry", "Orchard", "Beacon", "Ferry"],
  ...["Granite", "Willow", "Summit", "Prairie"],
];

const judge = (
  id: string,
  a: InitiativeValues,
  b: InitiativeValues,
  isSame: boolean,
): JudgedPair => ({
  ...observePair(
    id,
    {
      a: toRecord(a, emptyKnowledge),
      b: toRecord(b, emptyKnowledge),
      between: "mention and entry",
    },
    emptyKnowledge,
  ),
  isSame,
});

/**
 * Judgements of a catalog in which a kind of pair is not what the expert weights think: equal names under two
 * leads are one effort after all. Pairs that are nothing of the kind are told apart as ever.
 */
export function judgedPairs(count: number): JudgedPair[] {
  return Array.from({ length: count }, (_none, index) => {
    const [one, other] = [words[index % words.length]!, words[(index * 7 + 5) % words.length]!];
    const name = `${one} ${other} Pathways`;
    if (index % 2 === 0) {
      const [a, b] = [`${one} Council`, `${other} Council ${index}`];
      const [ours, theirs] = [
        { name, leadOrganization: a },
        { name, leadOrganization: b },
      ];
      return judge(`led by two ${index}`, ours, theirs, true);
    }
    return judge(`apart ${index}`, { name }, { name: `${one} Registry ${index}` }, false);
  });
}
