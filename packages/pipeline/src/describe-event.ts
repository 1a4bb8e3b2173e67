import type { Event, PartyRole } from "@waymark/domain";

/** As much of an event as its words need, whether a page tells it or the catalog keeps it. */
type Happening = Pick<Event, "kind" | "parties"> & { planned?: boolean | undefined };

/** What happened, in a few words that name who had a part in it: "Merged with River Youth Project". */
export function describeEvent({ kind, planned, parties }: Happening): string {
  const named = (role: PartyRole): string =>
    listed(parties.filter((party) => party.role === role).map(({ name }) => name));
  const namedWith = (word: string, role: PartyRole): string =>
    named(role) ? ` ${word} ${named(role)}` : "";
  const [done, ahead] = words[kind];
  return (
    (planned ? ahead : done) + phrases[kind].map(([word, role]) => namedWith(word, role)).join("")
  );
}

const words: Record<Event["kind"], [done: string, planned: string]> = {
  launch: ["Launched", "To launch"],
  award: ["Awarded a grant", "To be awarded a grant"],
  expansion: ["Expanded", "To expand"],
  rename: ["Renamed", "To be renamed"],
  transfer: ["Handed over", "To be handed over"],
  merger: ["Merged", "To merge"],
  sunset: ["Ended", "To end"],
  archive: ["Archived", "To be archived"],
  milestone: ["Milestone", "Milestone ahead"],
};

/** The words before each party, in the order in which they are told. */
const phrases: Record<Event["kind"], [word: string, role: PartyRole][]> = {
  launch: [["by", "by"]],
  award: [
    ["to", "grantee"],
    ["by", "funder"],
  ],
  expansion: [["to", "place"]],
  rename: [
    ["from", "former-name"],
    ["to", "new-name"],
  ],
  transfer: [["to", "lead"]],
  merger: [["with", "successor"]],
  sunset: [["by", "by"]],
  archive: [["by", "by"]],
  milestone: [],
};

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
