import type { Skim } from "@waymark/domain";

type Length = Pick<Skim, "textLength">;

/** Whether a browser shows enough more of a page than its plain HTML to be worth its time. */
export const bringsMore = (shown: Length, plain: Length): boolean =>
  shown.textLength >= plain.textLength * 1.2 + 100;

/** Whether a page to which a browser adds nothing is one all the same, short as it may be. */
export const isWhole = (plain: Length): boolean => plain.textLength >= textMin;

/** With less than a short sentence there is nothing to read, whatever a browser says. */
const textMin = 40;
