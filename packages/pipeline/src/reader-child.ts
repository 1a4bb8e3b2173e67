/*
 * The child process in which hostile pages are read (rule R5). It holds nothing but the reader: no
 * database, no queue, no address of anything. It may die at any page; its parent counts that.
 */

import { flushCompileCache } from "node:module";
import { type Document, emptyKnowledge, type Knowledge } from "@waymark/domain";
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
  const { id, document } = question;
  let answer: ReaderAnswer;
  try {
    answer = { id, value: await carryOut[question.kind](document) };
  } catch (error) {
    answer = { id, error: (error as Error).stack ?? String(error) };
  }
  // A parent that was killed hears no answer; then there is nothing left to do.
  process.send!(answer, (error: Error | null) => error && process.exit(0));
});

const carryOut = {
  look: lookAtDocument,
  skim: skimPage,
  read: (document: Document) => readWhole(document, knowledge),
};

/** All the readers are loaded by whoever reads: a crawler that only looks needs none of them. */
async function readWhole(document: Document, known: Knowledge) {
  const { readDocument } = await import("@waymark/extract");
  return readDocument(document, known);
}

// The parent is gone: so are the questions.
process.on("disconnect", () => process.exit(0));
