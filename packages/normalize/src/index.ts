/**
 * Clean values: one file a kind of value. In come texts and addresses as pages write them, out come
 * values that can be compared, and spans where a text holds one. Nothing here looks at HTML, decides
 * what a page is about, or says whether two records are one effort.
 */
/** Acronyms, and the names they stand for. */
export {
  fitsInitials,
  foldAcronym,
  initialsOf,
  isAcronymOf,
  looksLikeAcronym,
} from "./acronym.ts";
/** One address for the many ways a page is linked to, and what two addresses have in common. */
export {
  addressKey,
  canonicalAddress,
  hostOf,
  isStagingHost,
  sameAddress,
  siteOf,
} from "./address.ts";
/** Mail addresses and telephone numbers in a text and in links. */
export { contactOfLink, type FoundContact, findContacts } from "./contacts.ts";
/** States, territories and other nations in a text. */
export { findPlaces } from "./countries.ts";
/** Dates in a text, typed by the words around them. */
export { type FoundDate, findDates } from "./dates.ts";
/** How long something lasts, and when it then ends. */
export { endAfter, type FoundDuration, findDurations } from "./durations.ts";
/** Names brought to the form in which they are compared. */
export { foldName, foldPhraseWord, mayHoldName } from "./fold-name.ts";
/** Organizations in a text, by the catalog's names and by words that tell. */
export {
  buildGazetteer,
  type FoundOrganization,
  findOrganizations,
  type Gazetteer,
  knownOrganization,
  looksLikeOrganization,
} from "./gazetteer.ts";
/** Answers that are kept. */
export { keptWith } from "./kept-with.ts";
/** Where a pattern stands in a text. */
export { matchesOf } from "./matches.ts";
/** Sums of money in a text. */
export { type FoundMoney, findMoney } from "./money.ts";
/** Names taken apart. */
export { domainLabel, nameKey, type SplitName, shortens, splitName } from "./name.ts";
/** Words that many names share. */
export { fieldWords, genericWords, smallWords } from "./name-words.ts";
/** Organizations under the many ways their names are written. */
export {
  abbreviations,
  knownNamesOf,
  organizationKey,
  preferredOrganization,
  sameOrganization,
} from "./organization.ts";
/** Phrases found in running text, however many there are. */
export { type FoundPhrase, findPhrases, indexPhrases, type PhraseIndex } from "./phrases.ts";
/** The clean, comparable form of a mention or an entry. */
export {
  type Record,
  type RecordAddress,
  type RecordName,
  type RecordOrganization,
  toRecord,
} from "./record.ts";
export { remember } from "./remember.ts";
/** States and territories in a text, and their codes. */
export { type FoundState, findStates, stateCode, stateName } from "./states.ts";
/** A value as people read it. */
export { cleanText } from "./text.ts";
