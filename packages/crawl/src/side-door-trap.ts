import type { Rule } from "./trap-rule.ts";

/** A page once more, with a form to answer, quote or share it, or with the next of its comments. */
export const reply: Rule = ({ parameters, segments }) => {
  const name = parameters.find((one) =>
    /^(replytocom|quote_?comment|share)$/i.test(one.name),
  )?.name;
  if (name) return `reply: ${name.toLowerCase()}`;
  const comments = segments.find((segment) => /^comment-page-\d+$/i.test(segment));
  return comments ? `reply: ${comments.toLowerCase()}` : undefined;
};

/** A page once more, for paper or as a file. */
export const printVersion: Rule = ({ parameters, segments }) => {
  const pair = parameters.find(
    ({ name, value }) =>
      /^(print|printable|printer_?friendly|print-?version|printview)$/i.test(name) ||
      (/^pdf$/i.test(name) && /^(1|true|yes|\d+)$/i.test(value)) ||
      (formName.test(name) && otherForm.test(value)) ||
      (/^tmpl$/i.test(name) && value === "component"),
  );
  if (pair) return `print version: ${pair.name}=${pair.value}`;
  const path = segments.map((segment) => segment.toLowerCase());
  const named = path.find((segment) =>
    /^(printpdf|printmail|printer-?friendly|print-version|printable(-version)?)$/.test(segment),
  );
  if (named) return `print version: ${named}`;
  // Further up, "print" may be what a page is about.
  const isPrint =
    (path[0] === "print" && /^(node|\d+)$/.test(path[1] ?? "")) ||
    (path.length >= 3 && path.at(-1) === "print");
  return isPrint ? "print version: print" : undefined;
};

const otherForm = /^(pdf|print(er|able)?|printer-friendly|amp|csv|xlsx?|txt|docx?|epub)$/i;
const formName = /^(format|output|view|display|layout|tmpl|template)$/i;

/** Where one logs in, registers or buys: nothing is told there. */
export const door: Rule = ({ pathname, parameters }) => {
  const path = doorPath.exec(pathname);
  if (path) return `door: ${pathname.slice(0, 80)}`;
  const pair = parameters.find(
    ({ name, value }) =>
      /^(add[-_]to[-_](cart|wishlist|compare)|remove_item)$/i.test(name) ||
      (/^(action|do|task|op)$/i.test(name) &&
        /^(login|logout|register|lostpassword)$/i.test(value)),
  );
  return pair ? `door: ${pair.name}` : undefined;
};

const doorPath =
  /^\/(([a-z]{2}\/)?((shop|store)\/)?(cart|basket|checkout|(my-?)?account|wishlist)(\/|$)|(.*\/)?(log-?in|log-?out|sign-?in|sign-?out|signin|signout|wp-login\.php|lost-?password|forgot-?password|reset-?password|password-reset)(\.(php|aspx?|html?|jsp|cfm))?\/?$|(.*\/)?(user|users|account|accounts|member|members|auth|saml|sso|oauth2?)\/(login|logout|register|signup|sign-up|password|edit|authorize)(\/|$))/i;
