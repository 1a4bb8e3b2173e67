import { constants } from "node:os";

/** Ctrl-C, SIGTERM and a closed terminal, as commands see them. */
export type Interrupts = {
  /** From now on the first signal only asks; the command ends when it has cleared up. */
  patiently(): AbortSignal;
};

/** A group's signal may reach us twice, by the terminal and by the program that started us. */
const echoMs = 1_000;

/**
 * Listens to the signals that ask a program to end. A command that is not patient ends at once; one that
 * is, at the second signal. Either way the process ends by `exit`, so that the embedded database hears of it.
 */
export function listenForInterrupts(): Interrupts {
  const asked = new AbortController();
  let isPatient = false;
  let firstAt: number | undefined;
  const hear = (signal: "SIGINT" | "SIGTERM" | "SIGHUP"): void => {
    const now = Date.now();
    if (isPatient && firstAt === undefined) {
      firstAt = now;
      asked.abort();
    } else if (firstAt === undefined || now - firstAt > echoMs) {
      process.exit(128 + constants.signals[signal]);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => hear(signal));
  }
  return {
    patiently() {
      isPatient = true;
      return asked.signal;
    },
  };
}

/** Waits until a signal asks to end. */
export function untilAsked(asked: AbortSignal): Promise<void> {
  if (asked.aborted) return Promise.resolve();
  // A promise alone does not keep a process alive.
  const alive = setInterval(() => undefined, 60_000);
  return new Promise((resolve) => {
    asked.addEventListener("abort", () => {
      clearInterval(alive);
      resolve();
    });
  });
}
