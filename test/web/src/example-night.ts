export type Night = 1 | 2;

export const exampleNights: Record<Night, string> = {
  1: "2026-03-01T02:00:00Z",
  2: "2026-03-02T02:00:00Z",
};

/** When the files of a night were last changed, as their sites tell it: some time before that night's crawl. */
export const changedBefore: Record<Night, Date> = {
  1: new Date("2026-02-26T16:20:00Z"),
  2: new Date("2026-03-01T21:45:00Z"),
};
