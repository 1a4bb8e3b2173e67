/*
 * The child process in which hostile pages are read (rule R5). It holds nothing but the reader: no
 * database, no queue, no address of anything. It may die at any page; its parent counts that.
 */

import { flushCompileCache } from "node:module";
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
});

async function carryOut(question: Exclude<ReaderQuestion, { kind: "know" }>) {
  switch (question.kind) {
    case "look":
      return lookAtDocument(question.document);
    case "skim":
      return skimPage(question.document);
    case "read": {
      // All the readers are loaded by whoever reads: a crawler that only looks needs none of them.
      const { readDocument } = await import("@waymark/extract");
      return readDocument(question.document, knowledge, question.recipe);
    }
  }
}

// The parent is gone: so are the questions.
process.on("disconnect", () => process.exit(0));
