const appointed = "Commission|(?:Sub-?)?Committee|Council|Task Force|Working Group";

/** Nouns of bodies, among them boards, which are as often organizations, and panels, which are as often things. */
export const bodyNouns = `${appointed}|Board|Authority|Panel|Roundtable`;

/** Whether a name says that it is a body's: "Harbor Commission", "Board of Appeals". */
export const namesBody = (name: string): boolean => anyBody.test(name);

/** Whether it says that the body was appointed for a task, and is no organization of its own. */
export const namesAppointedBody = (name: string): boolean => appointedBody.test(name);

const anyBody = new RegExp(String.raw`\b(?:${bodyNouns})s?\b`);
const appointedBody = new RegExp(String.raw`\b(?:${appointed})s?\b`);
