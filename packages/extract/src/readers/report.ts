import { recordsMax } from "../lists/records.ts";
import { type Draft, rangeOf } from "../mention.ts";
import { definedInText } from "../names/defined.ts";
import { judgeName } from "../names/effort-name.ts";
import type { Block, Page } from "../page/page.ts";
import { sourceRange } from "../page/quote.ts";
import type { Context } from "../page/site.ts";
import { firstWords } from "../values/description.ts";
import { proves, type Stretch, whole, within, wordsOf } from "../values/finding.ts";

/** The efforts a report tells of in running text: by the sentences that define them, or labelled as projects. */
export function readReport(ctx: Context, page: Page): Draft[] {
  const around = ctx.title?.name ?? "";
  const defined = definedInText(page.blocks)
    .slice(0, recordsMax)
    .map(({ name, sentences }) => {
      const told = firstWords(sentences);
      return draftOf(name, told, sourceRange(told.of, told.from, sentences.at(-1)!.to), around);
    });
  return [...defined, ...labelledProjects(page.blocks, around)];
}

/** "Project: X" above what is told of it, for one project after the other. */
function labelledProjects(blocks: readonly Block[], around: string): Draft[] {
  const labelled = blocks.flatMap((block) => {
    const label = projectLabel.exec(block.text)?.[0];
    if (label === undefined || block.text.length > 160) return [];
    const name = within(whole(block), label.length, block.text.length);
    return judgeName(wordsOf(name)).isName || judgeName(wordsOf(name)).isGeneric
      ? [{ block, name }]
      : [];
  });
  // One such line may be anything; several are how the report tells of its projects.
  if (labelled.length < 2) return [];
  return labelled.slice(0, recordsMax).map(({ block, name }, index) => {
    const end = Math.min(labelled[index + 1]?.block.index ?? blocks.length, block.index + 12);
    const told = blocks
      .slice(block.index + 1, end)
      .find(({ text, level }) => level === 0 && text.length > 80);
    return draftOf(name, told && whole(told), rangeOf(told ? [block, told] : [block]), around);
  });
}

const projectLabel =
  /^(?:project|program|programme|initiative)(?:\s+(?:name|title))?\s*:\s+(?=\S)/i;

function draftOf(
  name: Stretch,
  told: Stretch | undefined,
  range: Draft["range"],
  around: string,
): Draft {
  return {
    role: "listing",
    name,
    nameMethod: "sentence",
    findings: told ? [proves("description", wordsOf(told), told, "sentence", 0.6)] : [],
    signs: [],
    range,
    around,
  };
}
