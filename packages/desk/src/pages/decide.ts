import { BadInput, type Field, fields, InitiativeValues, isSetField } from "@waymark/domain";
import { decideChange, undoDecision } from "@waymark/pipeline";
import { findChange, type StoredChange } from "@waymark/store";
import { z } from "zod";
import { type Call, wantsJson } from "../call.ts";
import { withQuery } from "../parts/address.ts";
import { readForm } from "../parts/form.ts";
import { fieldLabels } from "../parts/labels.ts";
import { notFound } from "../problem.ts";

const text = z.string().trim();
const DecisionForm = z.looseObject({
  verdict: z.enum(["accept", "reject"]),
  version: z.coerce.number().int(),
  why: text.max(1000).optional(),
  back: z.string().optional(),
});

/** Accepts or rejects a change, with the curator's own values where the form carries them. */
export async function decide(call: Call): Promise<Response> {
  const { c, desk, viewer } = call;
  const change = await findChange(desk.db, c.req.param("id") ?? "");
  if (!change) throw notFound("such change");
  const form = await readForm(call, DecisionForm);
  const { decisionId } = await decideChange(desk.db, {
    changeId: change.id,
    verdict: form.verdict,
    who: viewer.account.name,
    why: form.why || undefined,
    version: form.version,
    edits: form.verdict === "accept" ? readEdits(form, change) : undefined,
    now: desk.now(),
  });
  const { verdict } = form;
  desk.log.info({ changeId: change.id, verdict, who: viewer.account.name }, "change decided");
  if (wantsJson(call)) return c.json({ decisionId, undo: `/decisions/${decisionId}/undo` });
  return c.redirect(addQuery(backPath(form.back), "decided", String(decisionId)), 303);
}

/** Takes a decision back: the change waits again. */
export async function undo(call: Call): Promise<Response> {
  const { c, desk, viewer } = call;
  const decisionId = Number(c.req.param("id"));
  if (!Number.isSafeInteger(decisionId) || decisionId < 1) throw notFound("such decision");
  const { changeId } = await undoDecision(desk.db, {
    decisionId,
    who: viewer.account.name,
    now: desk.now(),
  });
  desk.log.info({ decisionId, changeId, who: viewer.account.name }, "decision undone");
  if (wantsJson(call)) {
    const change = await findChange(desk.db, changeId);
    return c.json({ changeId, version: change?.version });
  }
  return c.redirect(withQuery("/changes", { undone: changeId }), 303);
}

/** The fields a curator wrote otherwise than proposed; undefined when there are none. */
function readEdits(
  form: Record<string, unknown>,
  change: StoredChange,
): Partial<InitiativeValues> | undefined {
  const edits: Partial<Record<Field, string | string[] | null>> = {};
  for (const field of fields) {
    const written = form[`edit.${field}`];
    if (typeof written !== "string") continue;
    const value = writtenValue(field, written);
    const proposed = change.fields.find((delta) => delta.field === field)?.new ?? null;
    if (JSON.stringify(value) !== JSON.stringify(proposed)) edits[field] = value;
  }
  if (Object.keys(edits).length === 0) return undefined;
  const parsed = InitiativeValues.partial().safeParse(edits);
  if (parsed.success) return parsed.data as Partial<InitiativeValues>;
  const issue = parsed.error.issues[0]!;
  const label = fieldLabels[issue.path[0] as Field];
  throw new BadInput(`the field “${label}” is not usable: ${issue.message}`);
}

const writtenValue = (field: Field, written: string): string | string[] | null =>
  isSetField(field)
    ? [...new Set(written.split(/\r?\n/).map((line) => line.trim()))].filter(Boolean)
    : written.trim().replace(/\r\n/g, "\n") || null;

/** Where a form came from, when that is the queue or a change; never an address elsewhere. */
const backPath = (back: string | undefined): string =>
  back !== undefined && /^\/(changes|initiatives)(?=$|[/?])[^\\]*$/.test(back) ? back : "/changes";

function addQuery(path: string, name: string, value: string): string {
  const url = new URL(path, "http://desk.invalid");
  for (const old of ["decided", "undone"]) url.searchParams.delete(old);
  url.searchParams.set(name, value);
  return url.pathname + url.search;
}
