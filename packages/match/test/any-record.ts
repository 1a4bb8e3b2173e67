import { emptyKnowledge, type InitiativeValues } from "@waymark/domain";
import { type Record, toRecord } from "@waymark/normalize";
import fc from "fast-check";

/** Values for property tests: few words and facts, so that many of them come near each other. */
export const anyValues: fc.Arbitrary<InitiativeValues> = fc.record(
  {
    name: fc
      .array(
        fc.constantFrom(
          ...["Lantern", "Ladder", "Skills", "Network", "Fund", "Registry", "Ohio", "Texas"],
          ...["Phase", "II", "2.0", "2030", "of", "the", "PWLN", "Harbor", "Initiative"],
          ...["Foundation", "Group", "Challenge", "network", "(pdf)", "lanternskills.org"],
        ),
        { minLength: 1, maxLength: 5 },
      )
      .map((words) => words.join(" ")),
    aliases: fc.array(fc.constantFrom("Lantern", "Light Works", "PWL"), { maxLength: 2 }),
    acronym: fc.constantFrom("PWLN", "LSN"),
    url: fc.constantFrom("http://lantern.org/", "http://a.org/lantern", "http://a.org/ladder"),
    kind: fc.constantFrom("initiative", "network", "platform"),
    leadOrganization: fc.constantFrom("Harbor Foundation", "Harbor", "Lantern", "State of Ohio"),
    funders: fc.subarray(["Harbor Foundation", "Lantern Fund"]),
    partners: fc.subarray(["Hill Union", "Ferry Board", "Port College", "Quay Guild"]),
    states: fc.subarray(["OH", "TX", "VT"]),
    start: fc.constantFrom("2019", "2020-03", "2024"),
    end: fc.constantFrom("2026", "2027-01"),
  },
  { requiredKeys: ["name"] },
);

/** Records of such values. */
export const anyRecord: fc.Arbitrary<Record> = anyValues.map((values) =>
  toRecord(values, emptyKnowledge),
);
