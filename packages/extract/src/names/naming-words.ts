/** What a capitalized name is made of within a sentence, as a part of a regular expression. */
export const nameWord = String.raw`(?:[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*|of|for|the|and|in|on|to|a|as|with|&|by|at|into)`;

/** Verbs in the present with which a text goes on after a name: "The Riverside Task Force advises …". */
export const tellingVerb = `(?:is|are|was|were|will|has|have|comprises|provides|provided|helps|advises|supports|aims|seeks|works|identifies|connects|offers|brings|makes|allows|enables|serves|funds|trains|prepares|builds|promotes|advances|creates|gives|awards|develops|recruits|convenes|oversees|coordinates|explores|addresses|focuses|unites|assists|strengthens|expands|improves|invites|pairs|matches|places|engages|empowers|encourages|equips|leverages|facilitates|administers|reviews|recommends|ensures|produces|collects|teaches|delivers|introduces|introduced)`;

/** Nouns by which a sentence says that something is an undertaking and no organization or thing for sale. */
export const undertaking =
  "(?:initiative|programme|program|project|campaign|coalition|collaborative|partnership|alliance|consortium|network|platform|challenge|competition|fellowship|movement|task force|working group|effort|collaboration|registry|framework|apprenticeship|pilot)";

/** Those of them that nobody calls a company or its product by. */
export const plainUndertaking =
  "(?:initiative|programme|program|project|campaign|coalition|collaborative|partnership|alliance|consortium|fellowship|task force|working group|apprenticeship|pilot)";

/** What stands behind such a noun where it belongs to a person or a page: "program director". */
export const notOfPerson = String.raw`(?!\s+(?:director|manager|officer|coordinator|staff|partner|member|lead|leader|assistant|associate|specialist|page|website|site|team|fee|cost|requirement|guideline|application|deadline|news|update|report)s?\b)`;

/** Hosts of everybody's videos, posts and forms are nobody's own site. */
export const servesMany =
  /^(?:facebook|twitter|x|linkedin|instagram|youtube|youtu|vimeo|google|goo|bit|t|flickr|tiktok|pinterest|eventbrite|zoom|medium|github|surveymonkey|mailchimp|constantcontact)\./;
