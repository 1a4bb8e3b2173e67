import { describe } from "vitest";
import { findChromium } from "./programs.ts";

export { findChromium };

/** A `describe` for tests that need a browser: left out, and listed so at the end, where there is none. */
export const withChromium = describe.skipIf(findChromium() === undefined);
