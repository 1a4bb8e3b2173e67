import { keptWith } from "@waymark/normalize";
import type { Block, Page } from "../page/page.ts";

/** The blocks that stand in a page's main part; nearly every reader asks for them. */
export const mainPart = keptWith((page: Page): readonly Block[] =>
  page.blocks.filter(({ place }) => place === "main"),
);
