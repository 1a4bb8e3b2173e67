import { BadInput, Conflict } from "@waymark/domain";

/** Why a page cannot be shown: a sentence, and what to do about it. */
export class Problem extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500;
  readonly remedy: string;
  constructor(status: Problem["status"], message: string, remedy: string) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.remedy = remedy;
  }
}

/** There is no such thing in the database. */
export const notFound = (what: string): Problem =>
  new Problem(404, `There is no ${what}.`, "It may have been removed, or the address is mistyped.");

/** What was thrown, as people are told of it; whatever we did not foresee keeps its details to the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof BadInput)
    return new Problem(400, sentence(error.message), "Go back, correct it, and send it again.");
  if (error instanceof Conflict)
    return new Problem(409, sentence(error.message), "Look at how it stands now, then decide.");
  return new Problem(
    500,
    "Something went wrong on our side.",
    "Try again in a minute. If it happens again, an operator finds the reason in the log.",
  );
}

const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
