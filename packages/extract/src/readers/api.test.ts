import { type Document, emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { quoteOf } from "../page/quote.ts";
import { decodeSource } from "../page/source.ts";
import { readDocument } from "../read-document.ts";

const told =
  "<p>The Quiet River Initiative is a program that helps adults learn at work. It was launched in 2021.</p><p>Lead organization: Harbor Fund</p>";
const title = "Quiet River Initiative";

/** What an answer proves of its one effort: by field, the pointer and the revision of the proof. */
async function check(url: string, answer: unknown, link: string, proofs: Record<string, unknown>) {
  const document: Document = {
    url,
    bytes: Buffer.from(JSON.stringify(answer)),
    contentType: "application/json",
  };
  const source = decodeSource(document);
  const { page, mentions } = await readDocument(document, emptyKnowledge);
  expect(page.kind).toBe("api");
  expect(mentions.map(({ name, url }) => ({ name, url }))).toEqual([{ name: title, url: link }]);
  const { evidence } = mentions[0]!;
  for (const { quote, start, end } of evidence)
    expect(quoteOf(source.slice(start, end))).toBe(quote);
  for (const [field, proof] of Object.entries(proofs))
    expect(evidence.find((one) => one.field === field)).toMatchObject(proof as object);
}

test("WordPress: place and version of each proof", () =>
  check(
    "http://a.example/wp-json/wp/v2/pages",
    [
      { nothing: "to read" },
      {
        id: 7,
        link: "http://a.example/quiet-river/",
        title: { rendered: title },
        content: { rendered: told },
        date: "2024-01-02T03:04:05",
        modified: "2024-02-03T04:05:06",
        modified_gmt: "2024-02-03T03:05:06",
      },
    ],
    "http://a.example/quiet-river/",
    {
      name: { pointer: "/1/title/rendered", revision: "7@2024-02-03T03:05:06" },
      leadOrganization: { pointer: "/1/content/rendered", revision: "7@2024-02-03T03:05:06" },
    },
  ));

test("Drupal: place and version of each proof", () =>
  check(
    "http://a.example/jsonapi/node/page",
    {
      data: [
        {
          attributes: {
            title,
            body: { processed: told },
            path: { alias: "/quiet-river" },
            changed: "2024-02-03T04:05:06+00:00",
            drupal_internal__vid: 41,
          },
        },
      ],
    },
    "http://a.example/quiet-river",
    {
      name: { pointer: "/data/0/attributes/title", revision: "41" },
      leadOrganization: { pointer: "/data/0/attributes/body/processed", revision: "41" },
    },
  ));

test("MediaWiki: place and version of each proof", () =>
  check(
    "http://a.example/w/api.php?action=parse&page=Quiet_River_Initiative&format=json",
    { parse: { title, revid: 99, text: { "*": told } } },
    "http://a.example/w/index.php?title=Quiet_River_Initiative",
    {
      name: { pointer: "/parse/title", revision: "99" },
      leadOrganization: { pointer: "/parse/text/*", revision: "99" },
    },
  ));
