import { looksLikeAcronym, looksLikeOrganization, remember } from "@waymark/normalize";

/** How much a text reads like the name of an effort. */
export type NameJudgement = {
  /** Written as names are: capitals, length, no sentence, no generic phrase. */
  isName: boolean;
  /** Says itself what it is: "… Initiative", "… Network". */
  hasEffortNoun: boolean;
  /** Made of words that any page may be headed with: "State Program Partnerships". */
  isGeneric: boolean;
  /** Reads like an organization: "… Foundation", "… University". */
  isOrganization: boolean;
};

const effortNouns =
  "initiatives?|programs?|programmes?|projects?|networks?|coalitions?|alliances?|compacts?|collaboratives?|collaboratory|collaboratories|platforms?|registry|registries|frameworks?|funds?|fellowships?|fellows|academy|academies|pathways?|partnerships?|consortium|consortia|campaigns?|challenges?|accelerators?|corps|task ?force|hubs?|passport|promise|scholarships?|apprenticeships?|pilots?|commons|lab|exchange|movement|cohort|prize|scholars|strategy|agenda|compass|taxonomy|standard|standards|toolkit|internships?|residency|incubator|roadmap|institute|commission|council|committee|work ?group|working group|roundtable|community of practice|grant|grants|credential|badge|index|profile|navigator|bridge|guarantee|goal|playbooks?|quality assurance|language|marketplace|wallet|certification|clearinghouse|summit series|bootcamp|upskilling|dialogue";
const effortNoun = new RegExp(String.raw`\b(?:${effortNouns})\b`, "i");
/** Nouns that alone make an effort of the name they close. */
const tellingNoun =
  /\b(?:initiative|programme|program|project|network|coalition|alliance|compact|collaborative|collaboratory|registry|fund|fellowship|academy|partnership|consortium|campaign|challenge|accelerator|corps|task ?force|passport|promise|pilot|commons|apprenticeship|hub|pathways|platform|framework|scholarship|scholars|exchange|lab|compass|initiatives|working group|community of practice)\b/i;

/** Words that make no name however they are put together. */
const genericWords = new Set(
  "a about academic access action activities activity additional administration adult all alumni an and annual answers applicants application applications apply approach archive archives are area areas as assistance at available award awards background benefits blog board business businesses by calendar campus career careers case category center certificate certificates change collaboration college colleges committee committees communities community completed contact content county course courses credit current data department departments details development directory documents donate download economic education educational educators efforts eligibility employer employers employment energy english engagement events explore faculty families faq faqs featured federal federation financial find focus for forms foundation frequently from fund funded funding further future general get giving goals government governance grant grantees grants group groups guide guidelines guides health help high higher highlights history home homepage housing how i impact important improvement in industry information initiative initiatives institution institutions international involved is issue issues it item items job jobs join key latest leadership learn learners learning library links list listing local location locations main management map media meeting meetings member members membership mission more national need network networks new news newsletter non of office on online open opportunities opportunity option options organization organizations other our outcomes overview page pages parents participants partner partners partnership partnerships past pathway pathways people phone planning platform policies policy portfolio post postsecondary practice practices presentations press principles priorities priority privacy professional professionals profile program programme programmes programs progress project projects public publications quality questions quick read recent recipients records regional registration related releases report reports request requirements research resource resources results safety schedule scholarship scholarships school schools search section see services site skills social staff standards start state statement statements states statewide statistics stories story strategic strategies strategy student students studies study submit success summary support supporting supports survey sustainability system systems table take tax teachers team teams technical technology terms testimonials the their these this through to today tools top topic topics training transfer type types university up upcoming updates us use user values video videos view vision visit visitors volunteer we webinars website welcome what where who why with work workers workforce working works youth your asked timeline milestones winners winner hours directions accessibility sponsors sponsorship ways announcements announcement notices notice alerts undergraduate graduate noncredit foundational elective electives required choose select any one below above minimum maximum reach units unit process processes qualifications qualification criteria deadline deadlines instructions checklist procedure procedures objectives prerequisites description syllabus instructor fees sessions session workshops workshop classes class others closely core".split(
    /\s+/,
  ),
);

const smallWords: ReadonlySet<string> = new Set(
  "a an and as at but by de for from in into la nor of on or over per the to through up via vs with your our my its is are be".split(
    " ",
  ),
);

const noNameStart =
  /^(?:read|learn more|view|see|click|download|watch|listen|register|sign|log ?in|apply|donate|contact|about|how|why|when|where|what|who|which|our|we|this|these|it|there|here|more|share|follow|subscribe|meet|welcome|introducing|announcing|update|updated|posted|published|by|press release|news|frequently|back|next|previous|home|search|menu|skip|page|figure|table|chapter|section|appendix|step|question|q:|if|is|are|do|does|can|please|thank|thanks|join us|get (?:involved|started|help|in touch)|find (?:a|an|your|out)|find|explore|discover|check|request|submit|choose|select|complete|enroll|pay|closely|others?|recommended|pro[- ]tips?|tips?|notes?|icymi|examples?|key (?:points|insights|takeaways|benefits|features)|common|increased|average|advantages|disadvantages|pros|cons|importance|bottom line|copyright|\u00a9|last updated|in the news|no |all |other|additional|related|upcoming|recent|latest|five|ten|seven|best|the (?:importance|benefits|role|future|power|state|art|case|rise|impact|value|basics) of|top \d+|\d+[\s-]+(?:ways|tips|things|reasons|months?|weeks?|days?|hours?|years?|credits?|courses?|minutes?|steps?)|\$)\b/i;

/** Judges a text as a name, whatever stands around it. */
export const judgeName = remember((text: string): Readonly<NameJudgement> => judge(text));

function judge(text: string): NameJudgement {
  const name = irregular.test(text) ? regular(text) : text;
  const hasEffortNoun = tellingNoun.test(name);
  const isOrganization = looksLikeOrganization(name);
  const none = { isName: false, isGeneric: false, hasEffortNoun, isOrganization };
  if (name.length < 2 || name.length > 140) return none;
  if (sentenceEnd.test(name) && !abbreviationEnd.test(name)) return none;
  if (noNameStart.test(name) && !(hasEffortNoun && nameStart.test(name))) return none;
  if (noNames.some((pattern) => pattern.test(name))) return none;
  const { count, telling, capitals, isGeneric } = wordsOf(name);
  if (count === 0 || count > 16) return none;
  if (address.test(name)) return { isName: true, isGeneric: false, hasEffortNoun, isOrganization };
  const [first] = telling;
  if (first === undefined || capitals === 0) return none;
  // "SkillBridge project": the noun behind a name may be small.
  const nouns = telling.filter((word) => /^\p{Ll}/u.test(word) && effortNoun.test(word)).length;
  if ((capitals + nouns) / telling.length < 0.7) return none;
  if (isGeneric) return { ...none, isGeneric: true };
  if (telling.length === 1 && !isDistinctiveWord(first)) return none;
  if (number.test(name) || isDateLike(name)) return none;
  return { isName: true, isGeneric: false, hasEffortNoun, isOrganization };
}

/** White space but single blanks, and the signs by which some sites say where a word may be broken. */
const irregular = /[^\S ]|[\u00ad\u200b]| {2}|^ | $/;
const regular = (text: string): string =>
  text
    .replace(/[\u00ad\u200b]/g, "")
    .replace(/\s+/g, " ")
    .trim();

const sentenceEnd = /[.!?]$/;
const abbreviationEnd = /\b(?:Inc|U\.S|Corp|Jr|Co)\.$/;
/** Of the words that begin no name, those that may begin one with a telling noun. */
const nameStart = /^(?:all|other|get|find|apply)\b/i;
const number = /^[\d\s,./-]+$/;
/** "harborskills.org": some go by their address. */
const address = /^[\p{L}\d-]{5,}\.(?:org|com|net|io|us)$/iu;

/** What is written like a name and is none. */
const noNames: readonly RegExp[] = [
  /^\p{Lu}\p{L}+['\u2019]s \p{L}+$/u,
  /^\S+['\u2019]s (?:Role|Approach|Response|Commitment|Work|Efforts?|Guide) (?:in|to|on|with)\b/u,
  /\bBoard of (?:Commissioners|Directors|Trustees|Governors|Regents|Supervisors|Visitors)\b/i,
  /[@<>{}=_[\]|]|https?:|www\.|\.(?:gov|edu|mil)$/,
  // A line of a balance, not of a list.
  /\b(?:Expenses|Expenditures?|Total|Subtotal|Spend)$/i,
  // Court cases, dated files, numbered papers, two things in one line.
  /\sv\.?\s|\d\/\d{1,2}\/\d|\bNo\. ?\d|\sand an?\s/i,
];

type Words = {
  count: number;
  /** All but the small ones. */
  telling: string[];
  /** How many of those are written with a capital, or are a number. */
  capitals: number;
  isGeneric: boolean;
};

function wordsOf(name: string): Words {
  const words: Words = { count: 0, telling: [], capitals: 0, isGeneric: true };
  for (const written of name.split(/[\s/]+/)) {
    const word = bareEnds.test(written) ? written : written.replace(ends, "");
    if (word === "") continue;
    const small = word.toLowerCase();
    words.count++;
    words.isGeneric &&= genericWords.has(small) || /^\d{1,3}$/.test(word);
    if (smallWords.has(small)) continue;
    words.telling.push(word);
    if (capital.test(word)) words.capitals++;
  }
  return words;
}

const bareEnds = /^[a-z\d](?:.*[a-z\d])?$/i;
const ends = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const capital = /^[\p{Lu}\d]|^[a-z]+\p{Lu}/u;

/** Whether one word can be a name: coined, mixed capitals, or an acronym. */
const isDistinctiveWord = (word: string): boolean =>
  looksLikeAcronym(word) ||
  /\p{Ll}\p{Lu}|\p{L}\d|\d\p{L}/u.test(word) ||
  (/^\p{Lu}/u.test(word) && word.length >= 5);

const isDateLike = (name: string): boolean =>
  /^(?:(?:spring|summer|fall|autumn|winter|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|mon\w*day|tues\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*)[\s,.]*)+(?:\d{1,2}(?:st|nd|rd|th)?[\s,]*)?(?:\d{4})?$/i.test(
    name,
  );

/** Whether a text reads like a headline: a sentence with a verb, as news has, not a name. */
export const isHeadline = (text: string): boolean =>
  titleCaseHeadline.test(text) ||
  /\b(?:announces?|announced|awards?|awarded|launch(?:es|ed)|joins?|named|names|receives?|received|opens?|opened|celebrates?|releases?|released|wins?|gets|says|hosts?|hosted|selects?|selected|expands?|unveils?|appoints?|welcomes?|becomes?|to (?:host|launch|lead|steward|receive|join|offer)|reflections?|recap|photos|recording|questions with|letter from|we heard|reading list|is now|will|has|have|are|was|were|can|should)\b/.test(
    text,
  );

/** Title case hides a headline's verb among its nouns; these are verbs wherever they stand between two names. */
const titleCaseHeadline =
  /\S\s(?:Launches|Announces|Receives|Joins|Hosts|Celebrates|Unveils|Wins|Selects|Welcomes|Expands|Releases|Appoints|Becomes|Secures|Earns)\s\S/;

/** Titles of pages that compare and advise: "The 10 Best …", "Seven Ways to …", "… Reviewed", "How to …". */
export const isListicle = remember((title: string): boolean => listicle.test(title));

const listicle =
  /\b(?:top|best)\s+\d+\b|\b\d+\+?\s+(?:\p{L}+\s+){0,3}?(?:best|top|ways|tips|things|reasons|types|examples|ideas|trends|tools|apps|sites|companies|firms|platforms|alternatives|mistakes|facts)\b|^(?:the\s+)?best\b(?!\s+practices)|\breview(?:s|ed)?\b(?!\s+(?:board|committee|commission|panel|council))|\bcompared\b|\bvs\.?\s|^how to\b|\bultimate guide\b|\bguide for beginners\b/iu;
