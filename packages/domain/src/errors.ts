/** The world is in the way for now: the step is tried again after a while. */
export class Retry extends Error {
  readonly afterMs: number;
  constructor(message: string, { afterMs, cause }: { afterMs: number; cause?: unknown }) {
    super(message, { cause });
    this.name = "Retry";
    this.afterMs = afterMs;
  }
}

/** No retry can help: the work is set aside under this code until somebody looks. */
export class GiveUp extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "GiveUp";
    this.code = code;
  }
}

/** What somebody gave us cannot be used: the message names the value at fault and the remedy. */
export class BadInput extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "BadInput";
  }
}

/** A decision was made on an older version of the change than the one that stands. */
export class Conflict extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "Conflict";
  }
}
