import type { EventKind } from "@waymark/domain";
import { indexVerbs } from "./act.ts";

/** What a verb must be followed by to tell of an event, by who does it to whom. */
export type Cue = {
  kind: EventKind;
  verbs: readonly string[];
  /** The effort does it: what follows the verb. */
  active?: RegExp;
  /** It is done to the effort: what follows the verb. */
  passive?: RegExp;
  /** Somebody does it to the effort, which is named behind the verb: what follows the name. */
  object?: RegExp;
  /** Only as something to come ("X to steward Y"): done, it would be no event. */
  plannedOnly?: true;
};

/** Nothing more is asked of what follows. */
export const anything = /^/;
/** A verb that something else follows is not about the effort itself: "launched a podcast". */
const closed =
  /^\s*(?:$|[.,;:!)\u2013\u2014]|(?:in|on|at|with|as|across|for|from|this|last|today|yesterday|earlier|late|early|nationwide|statewide|its\s+doors|operations|its\s+(?:work|operations|run)|after|during|under|and|by|by\s+the|following)(?![\p{L}]))/iu;
/** "to help", "to recruit": only what was launched or opened has a purpose. */
const closedOrPurpose = new RegExp(String.raw`${closed.source}|^\s+to\s+\p{Ll}`, "iu");

const number =
  "(?:\\d[\\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|all|every|dozens\\s+of|several|more)";
const placeNoun =
  "(?:states?|colleges?|counties|regions?|campuses|sites?|cities|communities|schools?|districts?|institutions?|universities|locations?|countries|territories|provinces)";
/** "five more states", "12 counties". */
export const countedPlaces = new RegExp(
  String.raw`\b${number}\s+(?:(?:new|more|other|additional|rural|urban|community|high|public|technical|of\s+the|\p{L}+ern)\s+){0,3}${placeNoun}\b`,
  "iu",
);
const wider = new RegExp(
  String.raw`^\s+(?:(?:its|their)\s+\p{L}+\s+|up\s+|out\s+|again\s+|rapidly\s+)?(?:(?:to|into|across|beyond|from|in)\s+[^.;]{0,70}?(?:${countedPlaces.source}|\p{Lu}\p{Ll}{2,})|nationwide|statewide|by\s+adding\b)`,
  "u",
);
const into = /^\s+(?:into|with|by)\s+(?:the\s+)?(?=[\p{Lu}\ufffc])/u;
const toward = /^\s+(?:from\s+[^.;]{3,60}?\s+)?(?:to|under|at|with|by)\s+(?:the\s+)?(?=\p{Lu})/u;

const begin = "begin|begins|began|begun";
const become = "become|becomes|became|become";
const care = ["leadership", "stewardship", "management", "responsibility", "control"];

/** What pages say that happens to efforts. The first cue that fits a verb's use has it. */
export const cues: readonly Cue[] = [
  {
    kind: "rename",
    verbs: [
      "rename",
      "rebrand",
      "retitle",
      "change its name",
      "take|takes|took|taken the name",
      "is now known as",
      "is now called",
      "is now named",
    ],
    active: /^\s+(?:(?:to|as|itself)\s+)*(?:the\s+)?["\u201c]?(?=[\p{Lu}\ufffc])/u,
    passive: /^\s+(?:(?:to|as)\s+)?(?:the\s+)?["\u201c]?(?=[\p{Lu}\ufffc])/u,
    object: /^\s+(?:(?:to|as)\s+)?(?:the\s+)?["\u201c]?(?=[\p{Lu}\ufffc])/u,
  },
  {
    kind: "merger",
    verbs: ["merge", "fold", "integrate", "combine", "roll", "consolidate"],
    active: into,
    passive: into,
    object: /^\s+(?:into|with)\s+(?:the\s+)?(?=\p{Lu})/u,
  },
  {
    kind: "merger",
    verbs: ["absorb", "acquire"],
    passive: into,
    object: anything,
  },
  {
    kind: "merger",
    verbs: [
      `${become} part of`,
      `${become} a part of`,
      "join forces with",
      "is now part of",
      "is now a part of",
    ],
    active: /^\s+(?:the\s+)?(?=[\p{Lu}\ufffc])/u,
    passive: /^\s+(?:the\s+)?(?=[\p{Lu}\ufffc])/u,
  },
  {
    kind: "transfer",
    verbs: [
      "move",
      "transfer|transfers|transferred|transferred",
      "transition",
      "relocate",
      "hand over",
      "spin|spins|spun|spun off",
    ],
    active: /^\s+(?:from\s+[^.;]{3,60}?\s+)?(?:to|under)\s+(?:the\s+)?(?=\p{Lu})/u,
    passive: toward,
    object: toward,
  },
  {
    kind: "transfer",
    verbs: [
      ...[
        "led",
        "managed",
        "administered",
        "operated",
        "run",
        "coordinated",
        "stewarded",
        "hosted",
        "housed",
        "overseen",
        "maintained",
      ].flatMap((done) => [`is now ${done} by`, `is now ${done} at`]),
      "find|finds|found|found a new home at",
      "find|finds|found|found a new home with",
    ],
    active: /^\s+(?:the\s+)?(?=\p{Lu})/u,
    passive: /^\s+(?:the\s+)?(?=\p{Lu})/u,
  },
  {
    kind: "transfer",
    verbs: [
      "take|takes|took|taken over",
      ...care.map((what) => `assume ${what} of`),
      ...care.map((what) => `take|takes|took|taken over ${what} of`),
      `${become} the steward of`,
      `${become} steward of`,
      `${become} the new home of`,
    ],
    object: anything,
  },
  {
    kind: "transfer",
    verbs: ["steward", "lead", "manage", "host", "administer", "operate", "run"],
    object: anything,
    plannedOnly: true,
  },
  {
    kind: "archive",
    verbs: ["archive"],
    passive: closed,
    object: anything,
  },
  {
    kind: "sunset",
    verbs: [
      "end",
      "conclude",
      "close",
      "sunset|sunsets|sunset|sunset",
      "sunset",
      "wind|winds|wound|wound down",
      "shut|shuts|shut|shut down",
      "disband",
      "dissolve",
    ],
    active: closed,
    passive: closed,
    object: anything,
  },
  {
    kind: "sunset",
    verbs: [
      "cease operations",
      "cease to exist",
      "come|comes|came|come to an end",
      "come|comes|came|come to a close",
      "close its doors",
      "complete its work",
      "finish its work",
      "conclude its work",
      "end its work",
    ],
    active: anything,
  },
  {
    kind: "sunset",
    verbs: ["discontinue", "terminate", "retire", "phase out"],
    passive: closed,
    object: anything,
  },
  {
    kind: "expansion",
    verbs: [
      "expand",
      "extend",
      "grow|grows|grew|grown",
      "scale",
      "spread|spreads|spread|spread",
      "broaden",
    ],
    active: wider,
    passive: wider,
    object: wider,
  },
  {
    kind: "expansion",
    verbs: ["add", "welcome"],
    active: new RegExp(String.raw`^\s+(?:${countedPlaces.source})`, "iu"),
  },
  {
    kind: "milestone",
    verbs: ["reach", "surpass", "exceed", "pass", "enroll", "serve"],
    active:
      /^\s+(?:(?:its|more\s+than|over|the|a)\s+)*(?:\d{1,3}(?:,\d{3})+(?:th|st|nd|rd)?|\d{3,}(?:th|st|nd|rd)?|(?:half\s+a|one|two|three|\d+)\s+million|one-millionth)\s+\p{L}/iu,
  },
  {
    kind: "milestone",
    verbs: ["celebrate", "mark", "graduate", "complete"],
    active:
      /^\s+(?:its|their)\s+(?:first\s+(?:cohort|class)|(?:\d+(?:th|st|nd|rd)|first|second|third|fifth|tenth|twentieth)(?:-year)?\s+(?:anniversary|birthday|year|cohort|class))\b/iu,
  },
  {
    kind: "launch",
    verbs: [
      "launch",
      "kick off",
      "debut",
      "open",
      "go|goes|went|gone live",
      "get|gets|got|gotten under way",
    ],
    active: closedOrPurpose,
    passive: anything,
    object: anything,
  },
  {
    kind: "launch",
    verbs: ["start", begin],
    active: closed,
    passive: anything,
    object: anything,
  },
  {
    kind: "launch",
    verbs: [
      "found",
      "establish",
      "create",
      "form",
      "introduce",
      "unveil",
      "set|sets|set|set up",
      "inaugurate",
      "roll out",
    ],
    passive: anything,
    object: anything,
  },
  { kind: "launch", verbs: ["announce"], object: anything },
];

/** How a verb speaks of money: somebody receives it, gives it, or gives it to what stands right behind the verb. */
export type MoneyVerb = "receives" | "gives" | "backs";

const receiving = ["receive", "win|wins|won|won", "secure", "land", "get|gets|got|gotten", "earn"];
const giving = [
  "award",
  "grant",
  "give|gives|gave|given",
  "commit|commits|committed|committed",
  "invest",
  "provide",
  "approve",
  "pledge",
  "donate",
  "make|makes|made|made",
  "announce",
  "contribute",
];

/** The verbs of all cues, those of money first. */
export const cueVerbs = indexVerbs<Cue | MoneyVerb>([
  { verbs: receiving, of: "receives" },
  { verbs: giving, of: "gives" },
  { verbs: ["back", "fund", "support"], of: "backs" },
  ...cues.map((cue) => ({ verbs: cue.verbs, of: cue })),
]);
