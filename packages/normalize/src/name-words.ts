/** Words that say what kind of thing a name is the name of. */
export const genericWords: ReadonlySet<string> = new Set(
  "initiative project program coalition network fund alliance collaborative consortium campaign effort partnership pilot".split(
    " ",
  ),
);

/** Words too frequent in this field, or in any, to tell one effort from another. */
export const fieldWords: ReadonlySet<string> = new Set(
  "credential skill college career workforce work learn learning education educational talent state national community pathway training job policy student learner higher postsecondary employment employer degree university microcredential apprenticeship upskilling mobility".split(
    " ",
  ),
);

export const smallWords: ReadonlySet<string> = new Set(
  "a an the and or of for in on to at by as with from into through via its our your is are be".split(
    " ",
  ),
);
