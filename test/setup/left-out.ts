import { relative } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { missingPrograms } from "./programs.ts";

/** Says at the end of a run which tests were left out and why; in CI that is a failure. */
export default class LeftOut implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    // With -t the tests that were not asked for count as skipped; that is no news.
    if (this.#vitest?.config.testNamePattern) return;
    const leftOut = modules
      .map((module) => ({
        path: relative(process.cwd(), module.moduleId),
        count: [...module.children.allTests("skipped")].length,
      }))
      .filter(({ count }) => count > 0);
    if (leftOut.length === 0) return;

    const total = leftOut.reduce((sum, { count }) => sum + count, 0);
    const reasons = missingPrograms();
    console.error(
      `left out: ${total} tests${reasons.length ? `, since ${reasons.join(", and ")}` : ""}`,
    );
    for (const { path, count } of leftOut) console.error(`left out: ${path} (${count})`);
    if (process.env.CI) {
      console.error("left out: in CI nothing may be, so this run has failed");
      process.exitCode = 1;
    }
  }
}
