import { ChangeId, InitiativeId, PageId, RunId, SourceId } from "@waymark/domain";

/** When the tests take place, and the night before it. */
export const sampleNow = new Date("2026-03-01T08:30:00Z");
export const sampleNight = new Date("2026-03-01T02:00:00Z");

/** What the tests look for. */
export const sampleIds = {
  update: ChangeId.parse("update-1"),
  fresh: ChangeId.parse("new-1"),
  page: PageId.parse("page-1"),
  run: RunId.parse("run-1"),
  source: SourceId.parse("northgate"),
  entry: InitiativeId.parse("harbor-skills"),
  exchange: InitiativeId.parse("open-badge-exchange"),
  mentionPair: "pr-exchange",
};
