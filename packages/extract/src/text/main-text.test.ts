import { expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { mainBlocks, mainText } from "./main-text.ts";

const textOf = (body: string): string =>
  mainText(mainBlocks(parsePage("http://a.example/x", `<html><body>${body}</body></html>`)));

const sentence = (about: string): string =>
  `${about} brings colleges and employers of the river valley to one table, so that learners find work near home.`;
const paragraphs = (about: string, count: number): string =>
  Array.from({ length: count }, (_, n) => `<p>${sentence(`${about} ${n + 1}`)}</p>`).join("");

test("a consent form longer than the page is not its text", () => {
  const text = textOf(
    `<main><h1>Valley Works</h1>${paragraphs("Part", 3)}</main>
     <div id="cookie-consent">${paragraphs("Vendor", 12)}</div>`,
  );
  expect(text).toContain("Part 3 brings");
  expect(text).not.toContain("Vendor");
});

test("a foot longer than the page is not its text", () => {
  const text = textOf(
    `<main><h1>Valley Works</h1>${paragraphs("Part", 3)}</main><footer>${paragraphs("Place", 9)}</footer>`,
  );
  expect(text).not.toContain("Place 1");
});

test("comments are no part of an article, however long, and all of a thread", () => {
  const comments = `<div id="comments" class="comments-area">${paragraphs("Reply", 12)}</div>`;
  const article = textOf(
    `<article><h1>Valley Works</h1>${paragraphs("Part", 5)}</article>${comments}`,
  );
  expect(article).toContain("Part 5");
  expect(article).not.toContain("Reply");
  expect(textOf(`<h1>Who knows Valley Works?</h1>${comments}`)).toContain("Reply 12");
});

test("a slider that tells a good part of the page is told with it", () => {
  const slider = `<div class="slider">${paragraphs("Slide", 3)}</div>`;
  expect(textOf(`<main><h1>Valley Works</h1>${paragraphs("Part", 2)}${slider}</main>`)).toContain(
    "Slide 3",
  );
  const links = `<div class="slider">${"<a href='/n'>One more piece of news from the valley</a> ".repeat(3)}</div>`;
  expect(
    textOf(`<main><h1>Valley Works</h1>${paragraphs("Part", 2)}${links}</main>`),
  ).not.toContain("news");
});

test("captions, the author's box and buttons are left out", () => {
  const text = textOf(
    `<main><h1>Valley Works</h1>${paragraphs("Part", 3)}
     <figure><img src="a.jpg"><figcaption>Learners at a desk</figcaption></figure>
     <div class="author-bio">Kim writes of work.</div><p class="btn"><a href="/j">Join the table</a></p></main>`,
  );
  expect(text).not.toMatch(/Learners at a desk|Kim writes|Join the table/);
});

test("what stands in a page twice is told once, but for short lines", () => {
  const text = textOf(
    `<main><h1>Valley Works</h1>${paragraphs("Part", 2)}${paragraphs("Part", 2)}
     <table><tr><td>Open</td><td>Open</td></tr></table></main>`,
  );
  expect(text.match(/Part 1/g)).toHaveLength(1);
  expect(text.match(/Open/g)).toHaveLength(2);
});

test("lists of short links are menus, unless they are what the page is there for", () => {
  const list = `<ul>${["Aid", "Jobs", "Pay", "Care", "Law", "Tax", "Art"].map((word) => `<li><a href="/${word}">${word}</a></li>`).join("")}</ul>`;
  expect(textOf(`<main><h1>Valley Works</h1>${paragraphs("Part", 2)}${list}</main>`)).not.toContain(
    "Jobs",
  );
  expect(textOf(`<main><h1>Fields</h1>${list}</main>`)).toContain("Jobs");
});

test("cells that link are no menu", () => {
  const rows = ["Ada", "Bea", "Cy", "Di", "Ed"]
    .map((name) => `<tr><td><a href="/${name}">${name}</a></td></tr>`)
    .join("");
  expect(
    textOf(`<main><h1>Valley Works</h1>${paragraphs("Part", 3)}<table>${rows}</table></main>`),
  ).toContain("Bea");
});
