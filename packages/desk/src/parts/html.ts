import { html as honoHtml } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A piece of a page, escaped. */
export type Html = HtmlEscapedString;

/**
 * The tag every page is written with. Invariant: what a page of the web or a person wrote reaches the
 * browser escaped, and without control characters or marks that turn the direction of writing, since
 * these can make a text read as something it is not.
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  // Without promises among the values, the result is no promise either.
  return honoHtml(strings, ...values.map(clean)) as Html;
}

/** A text without control characters and direction marks; line ends and tabs stay. */
export const cleanText = (text: string): string => text.replace(hidden, "");

const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const clean = (value: unknown): unknown =>
  typeof value === "string" ? cleanText(value) : Array.isArray(value) ? value.map(clean) : value;
