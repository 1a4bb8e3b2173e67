import type { Event, InitiativeId } from "@waymark/domain";
import { timelineOf } from "@waymark/review";
import { type Db, listAllEvents, listEvents } from "@waymark/store";

/** What happened to an entry, oldest first: told and decided accounts of one event are one. */
export const loadTimeline = async (db: Db, id: InitiativeId): Promise<Event[]> =>
  timelineOf(await listEvents(db, id));

/** The timelines of all entries that have one. */
export async function loadTimelines(db: Db): Promise<Map<InitiativeId, Event[]>> {
  const all = await listAllEvents(db);
  return new Map([...all].map(([id, events]) => [id, timelineOf(events)]));
}
