/** Beside `genericWords`: what pages add to a name without meaning another thing. */
export const genericBeside: ReadonlySet<string> = new Set(
  "model national official inc org usa beta draft new revised updated programa iniciativa proyecto campana projet".split(
    " ",
  ),
);

/** What any program of this field does: "the Lantern Training Program". */
export const activities: ReadonlySet<string> = new Set("training credentialing".split(" "));

/** Words for bodies and funds: with or without them it may be the same effort, or a body beside it. */
export const collectiveWords: ReadonlySet<string> = new Set(
  "network fund coalition alliance consortium collaborative commission partnership council committee association foundation board grant grants".split(
    " ",
  ),
);

/** Those of them that say what an organization is. */
export const isBodyWord = (word: string): boolean =>
  collectiveWords.has(word) && !moneyWords.has(word);

/** Who gives under one of these words is also said to give under the other. */
export const moneyWords: ReadonlySet<string> = new Set("fund grant grants".split(" "));

/** Words for those who join others: any of them may be said of the same body. */
export const unionWords: ReadonlySet<string> = new Set(
  "network coalition alliance consortium collaborative partnership".split(" "),
);

/** What is held or offered once, or each year: a part of the effort that holds it. */
export const occasionWords: ReadonlySet<string> = new Set(
  "summit conference convening academy award prize challenge competition fellowship hackathon scholarship webinar".split(
    " ",
  ),
);

/** Words for what an effort makes or holds: the name with them is another thing. */
export const productWords: ReadonlySet<string> = new Set([
  ...occasionWords,
  ..."registry framework playbook library toolkit tool standard guide guidebook report dashboard platform portal marketplace course curriculum dictionary glossary index map directory database repository exchange wallet app profile brief study survey series newsletter podcast blog institute center lab pilot prototype handbook blueprint roadmap schema language certification certificate badge mentor".split(
    " ",
  ),
]);

/** Words for what kind of thing a name is the name of, beside the generic ones. */
export const isKindWord = (word: string): boolean =>
  productWords.has(word) || collectiveWords.has(word);
