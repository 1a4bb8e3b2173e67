/*
 * The child process in which hostile pages are read (rule R5). It holds nothing but the reader: no
 * database, no queue, no address of anything. It may die at any page; its parent counts that.
 */

import { type Document, emptyKnowledge, type Knowledge } from "@waymark/domain";
import { skimPage } from "@waymark/extract/skim";
import type { ReaderAnswer, ReaderQuestion } from "./reader-pool.ts";

let knowledge: Knowledge = emptyKnowledge;

process.on("message", async (question: ReaderQuestion) => {
  if (question.kind === "know") {
    knowledge = question.knowledge;
    return;
  }
  const { id, document } = question;
  let answer: ReaderAnswer;
  try {
    answer = {
      id,
      value:
        question.kind === "skim" ? skimPage(document) : await readWhole(document, knowledge),
    };
  } catch (error) {
    answer = { id, error: (error as Error).stack ?? String(error) };
  }
  // A parent that was killed hears no answer; then there is nothing left to do.
  process.send!(answer, (error: Error | null) => error && process.exit(0));
});

/** All the readers are loaded by whoever reads: a crawler that only looks needs none of them. */
async function readWhole(document: Document, known: Knowledge) {
  const { readDocument } = await import("@waymark/extract");
  return readDocument(document, known);
}

// The parent is gone: so are the questions.
process.on("disconnect", () => process.exit(0));
