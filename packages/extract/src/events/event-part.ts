import type { EventKind } from "@waymark/domain";
import type { Gazetteer } from "@waymark/normalize";
import type { Subject } from "../values/sentence.ts";
import type { Act } from "./act.ts";
import type { StandingDate } from "./event-date.ts";

/** How a sentence stands on its page, which decides what may be taken from it. */
export type Setting = {
  subject: Subject;
  gazetteer: Gazetteer;
  /** News tells of many: only the name itself, or "the initiative", is the effort. */
  isNews: boolean;
  isHeadline: boolean;
  announced?: StandingDate | undefined;
  /** The date of the timeline's line that holds the sentence. */
  line?: StandingDate | undefined;
};

/** The effort's part in an act, and where the words begin that say more of it. */
export type Part = {
  kind: EventKind;
  act: Act;
  role: "does" | "undergoes";
  receives?: true;
  rest: number;
};
