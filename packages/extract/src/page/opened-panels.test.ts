import { expect, test } from "vitest";
import { mainBlocks, mainText } from "../text/main-text.ts";
import { parsePage } from "./page.ts";

/** The main text of a page about welders, with something in its head, in its text and in its foot. */
const read = (parts: { head?: string; text?: string; foot?: string }): string => {
  const story = "Nine yards train welders with pay from the first day, and keep them. ".repeat(4);
  const page = parsePage(
    "https://a.example/",
    `<body><header>${parts.head ?? ""}</header><h1>Welders</h1><p>${story}</p>${parts.text ?? ""}<footer>${parts.foot ?? ""}</footer></body>`,
  );
  return mainText(mainBlocks(page));
};

const said = "Apprentices earn a wage.";
const shown: { [what: string]: string } = {
  "aria-controls": `<button aria-controls="a b" aria-expanded="false">Pay</button><div id="b" hidden>${said}</div>`,
  "a link that is a tab": `<a role="tab" href="#b">Pay</a><div id="b" aria-hidden="true">${said}</div>`,
  "data-target": `<a data-toggle="collapse" data-target="#b">Pay</a><div id="b" style="display: none">${said}</div>`,
  "the panel's role alone": `<b id="t">Pay</b><div role="tabpanel" aria-labelledby="t" hidden>${said}</div>`,
};
test.each(Object.entries(shown))("a panel opened by %s is read", (_how, text) => {
  expect(read({ text })).toContain(said);
});

const panel = `<div id="b" hidden>${said}</div>`;
const button = (label: string, more = "") => `<button aria-controls="b" ${more}>${label}</button>`;
const unread: { [what: string]: Parameters<typeof read>[0] } = {
  "no control names": { text: panel },
  "a link leads to, as to any place of a page": { text: `<a href="#b">Pay</a>${panel}` },
  "a menu button in the head opens": { head: button("All pages"), text: panel },
  "a link in the foot opens": { foot: button("Choices"), text: panel },
  "a menu button outside of any head opens": { text: `${button("Open menu")}${panel}` },
  "a button for cookies opens": { text: `${button("Cookie choices")}${panel}` },
  "pops up": { text: `${button("Pay", 'aria-haspopup="dialog"')}${panel}` },
  "is a dialog": {
    text: `${button("Pay")}<div id="b" role="dialog" aria-hidden="true">${said}</div>`,
  },
  "a modal window shows": {
    text: `<a data-toggle="modal" data-target="#b" href="#b">Pay</a>${panel}`,
  },
};
test.each(Object.entries(unread))("what %s stays out", (_what, parts) => {
  expect(read(parts)).not.toContain(said);
});
