/*
 * The child process in which hostile pages are read (rule R5). It holds nothing but the reader: no
 * database, no queue, no address of anything. It may die at any page; its parent counts that.
 */

import { flushCompileCache } from "node:module";
import { getHeapSpaceStatistics } from "node:v8";
import { emptyKnowledge, type Knowledge } from "@waymark/domain";
import { skimPage } from "@waymark/extract/skim";
import { lookAtDocument } from "./look-at-document.ts";
import type { ReaderAnswer, ReaderQuestion } from "./reader-pool.ts";

let knowledge: Knowledge = emptyKnowledge;

// It may be killed at any moment, so what was compiled is kept as soon as everything is loaded.
const keepCompiled = setTimeout(flushCompileCache, 3000);
keepCompiled.unref();

process.on("message", async (question: ReaderQuestion) => {
  if (question.kind === "know") {
    knowledge = question.knowledge;
    return;
  }
  const { id } = question;
  let answer: ReaderAnswer;
  try {
    answer = { id, value: await carryOut(question) };
  } catch (error) {
    answer = { id, error: (error as Error).stack ?? String(error) };
  }
  // A parent that was killed hears no answer; then there is nothing left to do.
  process.send!(answer, (error: Error | null) => error && process.exit(0));
  collectBetweenPages();
});

/**
 * Collects what pages left before the nursery is full: between two pages next to nothing lives, within one all of it
 * would be copied, and a source of which a word is still held would be kept until the next full collection.
 */
function collectBetweenPages(): void {
  const young = getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name.startsWith("new_"))
    .reduce((bytes, space) => bytes + space.space_used_size, 0);
  if (young > youngBytesMax) globalThis.gc?.({ type: "minor" });
}

const youngBytesMax = 12 * 1024 * 1024;

async function carryOut(question: Exclude<ReaderQuestion, { kind: "know" }>) {
  const { document } = question;
  if (question.kind === "look") return lookAtDocument(document);
  if (question.kind === "skim") return skimPage(document);
  // All the readers are loaded by whoever reads: a crawler that only looks needs none of them.
  const extract = await import("@waymark/extract");
  switch (question.kind) {
    case "read":
      return extract.readDocument(document, knowledge, question.recipe);
    case "propose":
      return extract.proposeRecipe(document, knowledge);
    case "fingerprint":
      return extract.fingerprintRecipe(document, question.recipe);
    case "relocate":
      return extract.relocateRecipe(document, question.recipe, question.prints);
  }
}

// The parent is gone: so are the questions.
process.on("disconnect", () => process.exit(0));
