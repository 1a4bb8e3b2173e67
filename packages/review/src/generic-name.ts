import { wordsOf } from "./fold.ts";

const generic = new Set(
  `a about access all an and announcement announcements apply archive archives are articles at award
  awards blog board calendar careers case click collection community contact current details directory
  donate download events explore faq featured find for from funded funding get give grant grantee grantees
  grants help here highlights history home homepage impact in index initiative initiatives involved is it
  item join key latest learn links list login main map media member members menu mission more new news
  newsletter newsroom next of on opportunities or other our overview page partner partners past people
  portfolio press previous priorities privacy program programme programmes programs project projects
  publications read recent related releases report reports resource resources results search see service
  services site staff stories story strategy subscribe support team the this title to toggle topics
  untitled up updates us view vision visit we welcome what who why work working you your`.split(
    /\s+/,
  ),
);

const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*";
const dateLike = new RegExp(`^(?:\\d{1,2}\\s+)?${month}\\.?\\s+\\d{1,4}(?:,?\\s+\\d{4})?$`, "i");
const reported =
  /\s(?:announces?|announced|awards|awarded|launches|launched|unveils?|receives?|received|wins|joins|hosts|celebrates|welcomes|names|named|selected|expands|opens|becomes|takes|to (?:steward|lead|launch|host|receive|expand|join))\s/i;
const asked = /^(?:how|why|when|where|who|what)\s/i;

/** Whether a name is a heading that could stand above anything, or a headline: no name of an effort. */
export function isGenericName(name: string): boolean {
  const words = wordsOf(name);
  if (words.length === 0 || words.length > 20 || name.length > 200) return true;
  if (!/\p{L}{2}/u.test(name) || dateLike.test(name.trim())) return true;
  if (words.length > 4 && (reported.test(name) || asked.test(name) || /[?!]\s*$/.test(name)))
    return true;
  return words.every((word) => generic.has(word) || /^\d+$/.test(word));
}
