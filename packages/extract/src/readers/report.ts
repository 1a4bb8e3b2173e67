import { recordsMax } from "../lists/records.ts";
import { type Draft, rangeOf } from "../mention.ts";
import { definedInText } from "../names/defined.ts";
import { judgeName } from "../names/effort-name.ts";
import type { Block, Page } from "../page/page.ts";
import { sourceRange } from "../page/quote.ts";
import type { Context } from "../page/site.ts";
import { describingWords, firstWords } from "../values/description.ts";
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

/** "Project: X" above what is told of it, for one project after the other; "Projects: X; Y" are two. */
function labelledProjects(blocks: readonly Block[], around: string): Draft[] {
  const labelled = blocks.flatMap((block) => {
    const label = projectLabel.exec(block.text)?.[0];
    if (label === undefined || block.text.length > 160) return [];
    const names = [...block.text.slice(label.length).matchAll(/[^;]+/g)]
      .map(({ 0: { length }, index }) =>
        within(whole(block), label.length + index, label.length + index + length),
      )
      .filter((name) => judgeName(wordsOf(name)).isName || judgeName(wordsOf(name)).isGeneric);
    return names.length > 0 ? [{ block, names }] : [];
  });
  // One such line may be anything; several are how the report tells of its projects.
  if (labelled.length < 2) return [];
  return labelled.slice(0, recordsMax).flatMap(({ block, names }, index) => {
    const end = Math.min(labelled[index + 1]?.block.index ?? blocks.length, block.index + 12);
    const prose = blocks
      .slice(block.index + 1, end)
      .filter(({ text, level }) => level === 0 && text.length > 80);
    return names.map((name) => {
      const told = describingWords(prose, [wordsOf(name)], () => Number.POSITIVE_INFINITY);
      const range = rangeOf(prose[0] ? [block, prose[0]] : [block]);
      return draftOf(name, told, range, around);
    });
  });
}

const projectLabel =
  /^(?:project|program|programme|initiative)s?(?:\s+(?:name|title))?\s*:\s+(?=\S)/i;

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
