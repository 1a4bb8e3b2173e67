import { defineConfig } from "vitest/config";

const pure = ["domain", "normalize", "extract", "match", "review", "crawl"];
const withDatabase = ["store", "pipeline", "desk", "cli"];

// `pnpm test match` means the package: as a part of a path it would also find every match-….test.ts.
const asked = process.argv.slice(2).filter((word) => [...pure, ...withDatabase].includes(word));
const testsOf = (names: string[]) =>
  names
    .filter((name) => asked.length === 0 || asked.includes(name))
    .map((name) => `packages/${name}/src/**/*.test.ts`);
const tests = (...patterns: string[]) => (asked.length === 0 ? patterns : []);

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    exclude: ["**/node_modules/**"],
    reporters: ["default", "./test/setup/left-out.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "rules",
          include: [...testsOf(pure), ...tests("test/web/**/*.test.ts", "infra/**/*.test.ts")],
        },
      },
      {
        extends: true,
        test: {
          name: "product",
          include: [...testsOf(withDatabase), ...tests("test/**/*.test.ts", "bench/**/*.test.ts")],
          exclude: ["**/node_modules/**", "test/web/**"],
          globalSetup: ["./test/setup/global-setup.ts"],
        },
      },
    ],
  },
});
