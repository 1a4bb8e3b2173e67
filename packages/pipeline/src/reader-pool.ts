import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type {
  Document,
  Fingerprints,
  Knowledge,
  Reading,
  Recipe,
  Skim,
  VersionedRecipe,
} from "@waymark/domain";
import type { Relocation } from "@waymark/extract";
import type { Look } from "./look-at-document.ts";
import { processUsage } from "./process-usage.ts";

export type ReaderQuestion =
  | { kind: "know"; knowledge: Knowledge }
  | (PageQuestion & { id: number; document: Document });
/** What can be asked of a page. */
export type PageQuestion =
  | { kind: "look" | "skim" | "propose" }
  | { kind: "read"; recipe: VersionedRecipe | undefined }
  | { kind: "fingerprint"; recipe: Recipe }
  | { kind: "relocate"; recipe: Recipe; prints: Fingerprints };
export type ReaderAnswer = { id: number; value: unknown } | { id: number; error: string };

/** A recipe with selectors found again, and which those are. */
export type RelocatedRecipe = { recipe: Recipe; relocations: Relocation[] };

/** The child that held a page died, or had to be killed: the one kind of failure that counts against the page. */
export class ReaderDied extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ReaderDied";
  }
}

/** Limits of one reading; measured shapes that break parsers are in the background of rule R5. */
const limits = {
  children: 2,
  /** A fresh child reads its first hundred pages at a third of the speed, so it is kept while it is small. */
  pagesPerChild: 5_000,
  keptBytesMax: 280 * 1024 * 1024,
  readCpuSeconds: 5,
  /** A machine that is busy elsewhere gives a reader little of its time. */
  readMs: 60_000,
  memoryBytesMax: 400 * 1024 * 1024,
  watchEveryMs: 50,
};

/** Reads pages in child processes that are watched, killed and replaced. */
export class ReaderPool {
  readonly #seats: Seat[] = [];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  #closed = false;

  constructor(children = limits.children) {
    for (let index = 0; index < children; index++) this.#seats.push(new Seat());
  }

  /** Starts the children, so that the first pages need not wait for them. */
  warm(): void {
    for (const seat of this.#seats) seat.start();
  }

  /** The first, cheap look at a page, ready to be kept. Throws ReaderDied when the child did not survive it. */
  look = (document: Document) => this.#ask<Look>({ kind: "look" }, document);

  /** The same look for somebody who keeps nothing. Throws ReaderDied likewise. */
  skim = (document: Document) => this.#ask<Skim>({ kind: "skim" }, document);

  /** The full reading of a page with the given knowledge, by its source's recipe if it has one. Throws ReaderDied likewise. */
  read = (document: Document, knowledge: Knowledge, recipe?: VersionedRecipe) =>
    this.#ask<Reading>({ kind: "read", recipe }, document, knowledge);

  /** A recipe for the list of efforts on a page. Throws ReaderDied likewise. */
  propose = (document: Document, knowledge: Knowledge) =>
    this.#ask<Recipe | undefined>({ kind: "propose" }, document, knowledge);

  /** What the selectors of a recipe find on a page. Throws ReaderDied likewise. */
  fingerprint = (document: Document, recipe: Recipe) =>
    this.#ask<Fingerprints | undefined>({ kind: "fingerprint", recipe }, document);

  /** Where what lost selectors found stands now. Throws ReaderDied likewise. */
  relocate = (document: Document, recipe: Recipe, prints: Fingerprints) =>
    this.#ask<RelocatedRecipe>({ kind: "relocate", recipe, prints }, document);

  async #ask<Answer>(
    question: PageQuestion,
    document: Document,
    knowledge?: Knowledge,
  ): Promise<Answer> {
    return (await this.#withSeat((seat) => seat.ask(question, document, knowledge))) as Answer;
  }

  /** The children that are there now. */
  get pids(): number[] {
    return this.#seats.flatMap((seat) => seat.pid ?? []);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#seats.map((seat) => seat.stop()));
  }

  async #withSeat<T>(work: (seat: Seat) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the reader pool is closed");
    const seat =
      this.#seats.find((one) => !one.taken) ??
      (await new Promise<Seat>((resolve) => this.#waiting.push(resolve)));
    seat.taken = true;
    try {
      return await work(seat);
    } finally {
      seat.taken = false;
      const next = this.#waiting.shift();
      if (next) {
        seat.taken = true;
        next(seat);
      }
    }
  }
}

/** One place in the pool: a child process that is started when it is needed. */
class Seat {
  taken = false;
  #child: ChildProcess | undefined;
  #knows: string | undefined;
  #asked = 0;
  #nextId = 1;

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async ask(
    question: PageQuestion,
    document: Document,
    knowledge: Knowledge | undefined,
  ): Promise<unknown> {
    // What one page left behind must not be held against the next.
    if (this.#asked >= limits.pagesPerChild || this.#isLarge()) await this.stop();
    const child = this.start();
    if (knowledge && this.#knows !== knowledge.version) {
      child.send({ kind: "know", knowledge } satisfies ReaderQuestion);
      this.#knows = knowledge.version;
    }
    this.#asked += 1;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(deadline);
        clearInterval(watch);
        child.off("message", onMessage);
        child.off("exit", onExit);
        act();
      };
      const onMessage = (answer: ReaderAnswer) => {
        if (answer.id !== id) return;
        finish(() => ("value" in answer ? resolve(answer.value) : reject(new Error(answer.error))));
      };
      const onExit = (code: number | null, signal: string | null) => {
        this.#forget();
        finish(() => reject(new ReaderDied(because ?? `the reader died (${signal ?? code})`)));
      };
      let because: string | undefined;
      const kill = (reason: string) => {
        because = reason;
        child.kill("SIGKILL");
      };
      const deadline = setTimeout(
        () => kill(`reading took longer than ${limits.readMs / 1000} s`),
        limits.readMs,
      );
      let began: number | undefined;
      const watch = setInterval(() => {
        const usage = processUsage(child.pid);
        if (!usage) return;
        began ??= usage.cpuSeconds;
        if (usage.memoryBytes > limits.memoryBytesMax)
          kill(`reading took ${Math.round(usage.memoryBytes / 1024 / 1024)} MiB of memory`);
        else if (usage.cpuSeconds - began > limits.readCpuSeconds)
          kill(`reading took more than ${limits.readCpuSeconds} s of the processor's time`);
      }, limits.watchEveryMs);
      child.on("message", onMessage);
      child.on("exit", onExit);
      child.send({ ...question, id, document } satisfies ReaderQuestion);
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    this.#forget();
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  start(): ChildProcess {
    if (this.#child && this.#child.exitCode === null && this.#child.signalCode === null)
      return this.#child;
    const child = fork(fileURLToPath(new URL("./reader-child.ts", import.meta.url)), {
      serialization: "advanced",
      execArgv: [
        "--disable-warning=ExperimentalWarning",
        // The watchdog bounds memory; a heap that is told so is collected before it gets there.
        "--max-old-space-size=200",
        // Most pages fit into the nursery as a whole, and what they leave is collected between them (see the child).
        "--min-semi-space-size=16",
        "--max-semi-space-size=16",
        "--expose-gc",
        // Pages live as long as they are read. What V8 puts among old things because much of its kind lasted a while
        // would hold on to the whole page that it belongs to.
        "--no-allocation-site-pretenuring",
        // By default V8 spends a tenth of all time on compiling once more what is called now and then.
        "--invocation-count-for-turbofan=30000",
        // One page at a time leaves nothing for several collectors to share but the cost of sharing.
        "--single-threaded-gc",
      ],
      // The child gets no address and no secret, but what was compiled before.
      env: childEnv(),
      // Ctrl-C in a terminal goes to the whole group; the parent decides when its children end.
      detached: true,
    });
    child.on("error", () => child.kill("SIGKILL"));
    this.#child = child;
    this.#knows = undefined;
    this.#asked = 0;
    return child;
  }

  #isLarge(): boolean {
    return (processUsage(this.#child?.pid)?.memoryBytes ?? 0) > limits.keptBytesMax;
  }

  #forget(): void {
    this.#child = undefined;
  }
}

/** All that a child is told of the machine: where compiled code lies, and to give memory back (glibc keeps it otherwise). */
function childEnv(): { [name: string]: string } {
  const folder = getCompileCacheDir();
  return {
    MALLOC_ARENA_MAX: "1",
    MALLOC_MMAP_THRESHOLD_: "131072",
    MALLOC_TRIM_THRESHOLD_: "131072",
    ...(folder && { NODE_COMPILE_CACHE: dirname(folder) }),
  };
}
