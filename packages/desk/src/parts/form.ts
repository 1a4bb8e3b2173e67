import { BadInput } from "@waymark/domain";
import type { z } from "zod";
import type { Call, OpenCall } from "../call.ts";
import { type Html, html } from "./html.ts";

/** The hidden field that proves a form came from one of our pages. */
export const csrfField = ({ viewer }: Call): Html =>
  html`<input type="hidden" name="csrf" value="${viewer.csrfSecret}">`;

/** One button that does one thing. */
export function actionButton(
  call: Call,
  { action, label, look = "quiet" }: { action: string; label: string | Html; look?: string },
): Html {
  return html`<form method="post" action="${action}" class="inline">${csrfField(call)}<button class="button ${look}">${label}</button></form>`;
}

/** The form a request carries, parsed; BadInput names the first value at fault. */
export async function readForm<T>({ c }: OpenCall, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await c.req.parseBody());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join(" ");
  throw new BadInput(
    field ? `the field “${field}” is not usable: ${issue.message}` : issue.message,
  );
}

/** A select with one chosen option; the first one stands for "all". */
export function choice(options: {
  name: string;
  label: string;
  all?: string;
  choices: readonly (readonly [value: string, text: string])[];
  chosen: string | undefined;
  help?: string;
}): Html {
  return withHelp(
    options,
    html`<label class="field"><span>${options.label}</span><select name="${options.name}"${describedBy(options)}>
${options.all !== undefined && html`<option value="">${options.all}</option>`}
${options.choices.map(([value, text]) => html`<option value="${value}"${value === options.chosen && html` selected`}>${text}</option>`)}
</select></label>`,
  );
}

/** A field for a line of text. */
export function textField(options: {
  name: string;
  label: string;
  value?: string | undefined;
  type?: "text" | "search";
  placeholder?: string;
  required?: boolean;
  help?: string;
}): Html {
  return withHelp(
    options,
    html`<label class="field"><span>${options.label}</span><input type="${options.type ?? "text"}" name="${options.name}" value="${options.value ?? ""}" placeholder="${options.placeholder ?? ""}" autocomplete="off"${options.required && html` required`}${describedBy(options)}></label>`,
  );
}

/** A field for a whole number. */
export function numberField(options: {
  name: string;
  label: string;
  min: number;
  max: number;
  placeholder?: string;
  help?: string;
}): Html {
  return withHelp(
    options,
    html`<label class="field"><span>${options.label}</span><input type="number" inputmode="numeric" step="1" min="${options.min}" max="${options.max}" name="${options.name}" placeholder="${options.placeholder ?? ""}"${describedBy(options)}></label>`,
  );
}

type Helped = { name: string; help?: string };

/** The help stands outside the label, so that it is heard after the field's name and not as part of it. */
const withHelp = ({ name, help }: Helped, field: Html): Html =>
  help === undefined
    ? field
    : html`<div class="helped">${field}<p class="help" id="help-${name}">${help}</p></div>`;

const describedBy = ({ name, help }: Helped): Html | false =>
  help !== undefined && html` aria-describedby="help-${name}"`;
