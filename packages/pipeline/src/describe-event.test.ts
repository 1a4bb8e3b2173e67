import type { Event, Party } from "@waymark/domain";
import { expect, test } from "vitest";
import { describeEvent } from "./describe-event.ts";

const check = (words: string, kind: Event["kind"], parties: Party[] = [], planned = false) =>
  test(words, () => expect(describeEvent({ kind, parties, planned })).toBe(words));

check("Launched by Pine College", "launch", [{ role: "by", name: "Pine College" }]);
check("To launch", "launch", [], true);
check("Awarded a grant by Oak Trust and Elm Fund", "award", [
  { role: "funder", name: "Oak Trust" },
  { role: "funder", name: "Elm Fund" },
]);
check("Awarded a grant to Pine College by Oak Trust", "award", [
  { role: "funder", name: "Oak Trust" },
  { role: "grantee", name: "Pine College" },
]);
check("Renamed from River to Open River", "rename", [
  { role: "new-name", name: "Open River" },
  { role: "former-name", name: "River" },
]);
check("Expanded to Iowa, Ohio and Texas", "expansion", [
  { role: "place", name: "Iowa" },
  { role: "place", name: "Ohio" },
  { role: "place", name: "Texas" },
]);
check("Handed over to Oak Institute", "transfer", [{ role: "lead", name: "Oak Institute" }]);
check("To merge with Talent Sea", "merger", [{ role: "successor", name: "Talent Sea" }], true);
check("Ended", "sunset");
check("Archived", "archive");
check("Milestone", "milestone");
