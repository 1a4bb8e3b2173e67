import type { Field, InitiativeId } from "@waymark/domain";
import { findStandingEntry } from "@waymark/pipeline";
import { assetPath } from "../assets.ts";
import type { TokenCall } from "../call.ts";
import { outsideLink } from "../parts/address.ts";
import { showValue } from "../parts/delta.ts";
import { html } from "../parts/html.ts";
import { fieldLabels } from "../parts/labels.ts";
import { openHeaders } from "./answer.ts";

/** The size of the frame that a preview is made for. */
export const previewSize = { width: 430, height: 320 } as const;

/** A page that any site may frame; it loads our style and nothing else. */
const framePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

const shown = [
  "kind",
  "status",
  "leadOrganization",
  "states",
  "start",
  "topics",
] as const satisfies readonly Field[];

/** An entry in a few lines, to be shown in a frame beside a cell. */
export async function showPreview({ c, desk }: TokenCall): Promise<Response> {
  const entry = await findStandingEntry(desk.db, (c.req.query("id") ?? "") as InitiativeId);
  const values = entry?.values;
  const body = values
    ? html`<h1>${values.name}</h1>${values.url && html`<p class="sub">${outsideLink(values.url)}</p>`}
${values.description && html`<p>${values.description}</p>`}
<dl class="values">${shown.filter((field) => values[field]?.length).map((field) => html`<div class="delta"><dt>${fieldLabels[field]}</dt><dd>${showValue(field, values[field])}</dd></div>`)}</dl>`
    : html`<p>There is no such entry in the catalog.</p>`;
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${values?.name ?? "No entry"}</title><link rel="stylesheet" href="${assetPath("desk.css")}"></head><body class="preview"><main>${body}</main></body></html>`;
  return c.html(page, entry ? 200 : 404, {
    ...openHeaders,
    "content-security-policy": framePolicy,
    "referrer-policy": "no-referrer",
  });
}
