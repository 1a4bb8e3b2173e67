import type { Event } from "@waymark/domain";
import { haveSameParties } from "./gather-history.ts";

/**
 * An entry's events as they are shown, oldest first and undated ones last. What a decision established and
 * pages tell too is one: told with the pages' date and words, and confirmed by the decision.
 */
export function timelineOf(events: readonly Event[]): Event[] {
  const told = events.filter(({ decisionId }) => decisionId === undefined);
  const decided = events.filter(({ decisionId }) => decisionId !== undefined);
  const confirmed = told.map((event) => {
    const by = decided.find((decision) => confirms(decision, event));
    return by ? { ...event, decisionId: by.decisionId } : event;
  });
  const rest = decided.filter(
    (decision) =>
      !isToldWhole(
        decision,
        told.filter((event) => confirms(decision, event)),
      ),
  );
  return [...confirmed, ...rest].toSorted(
    (a, b) => compare(a.on ?? "9999", b.on ?? "9999") || compare(a.key, b.key),
  );
}

/** A decision dates what it saw, which happened before; a date among its values is the event's own. */
function confirms(decision: Event, told: Event): boolean {
  if (told.planned || decision.kind !== told.kind) return false;
  if (!haveSameParties(decision.parties, told.parties)) return false;
  if (!decision.on || !told.on) return true;
  return decision.dated === "decided"
    ? told.on <= decision.on
    : told.on.slice(0, 4) === decision.on.slice(0, 4);
}

/** Whether pages name every party of a decision: only then nothing is lost without it. */
const isToldWhole = (decision: Event, told: readonly Event[]): boolean =>
  told.length > 0 &&
  decision.parties.every((party) =>
    told.some((event) =>
      event.parties.some((one) => haveSameParties([party], [one]) && one.role === party.role),
    ),
  );

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
