import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { BadInput } from "@waymark/domain";
import { expect, test } from "vitest";
import { handmade, handmadeAnswer, writeHandmade } from "./handmade-warc.ts";
import { type Archive, openArchive } from "./read-warc.ts";
import { packRecord } from "./write-warc.ts";

const ok = ["HTTP/1.1 200 OK", "Content-Type: text/html"];
const page = "<h1>A page</h1>";

async function bodyOf(archive: Archive, url: string): Promise<string | undefined> {
  const found = archive.find(url);
  return found && (await buffer((await archive.read(found.capture)).body)).toString();
}

for (const isPacked of [false, true]) {
  const form = isPacked ? "packed" : "plain";

  test(`a ${form} file of another tool, read by address in any order`, async () => {
    await using file = await writeHandmade(
      [
        handmade(
          { "WARC-Type": "warcinfo", "WARC-Date": "2026-03-01T02:00:00Z" },
          "software: other\r\n",
        ),
        handmadeAnswer("<http://a.example.org/one>", ok, page, {
          "WARC-Payload-Digest": "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
        }),
        handmade(
          { "WARC-Type": "request", "WARC-Target-URI": "http://a.example.org/one" },
          "GET /one HTTP/1.1\r\n\r\n",
        ),
        handmadeAnswer("http://a.example.org/large", ok, "x".repeat(300_000)),
        handmadeAnswer("http://a.example.org/two#part", ok, "two"),
        handmadeAnswer("dns:a.example.org", ["127.0.0.1"]),
      ],
      { isPacked },
    );
    const archive = await openArchive(file.path);
    expect(archive.size).toBe(3);
    expect(await bodyOf(archive, "http://a.example.org/two")).toBe("two");
    expect(await bodyOf(archive, "http://a.example.org/one")).toBe(page);
    expect(await bodyOf(archive, "http://a.example.org/large")).toHaveLength(300_000);
    expect(archive.find("http://a.example.org/three")).toBeUndefined();
    await archive.close();
  });

  test(`a ${form} file that is cut short anywhere is refused with the place`, async () => {
    const records = [
      handmadeAnswer("http://a.example.org/one", ok, page.repeat(500)),
      handmadeAnswer("http://a.example.org/two", ok, page),
    ];
    const parts = records.map((one) => (isPacked ? gzipSync(one) : Buffer.from(one)));
    const whole = Buffer.concat(parts);
    await using file = await writeHandmade([]);
    const ends = [whole.length - 10, parts[0]!.length + 20, parts[0]!.length - 30, 40];
    for (const end of ends) {
      await writeFile(file.path, whole.subarray(0, end));
      const opened = openArchive(file.path);
      await expect(opened, `cut at ${end}`).rejects.toThrow(BadInput);
      await expect(opened).rejects.toThrow(/at byte \d+ /);
    }
    await writeFile(file.path, whole);
    await (await openArchive(file.path)).close();
  });
}

test("a damaged byte in a packed file is found", async () => {
  const parts = [1, 2, 3].map((n) =>
    gzipSync(handmadeAnswer(`http://a.example.org/${n}`, ok, page.repeat(n * 100))),
  );
  parts[1]![40]! ^= 0xff;
  await using file = await writeHandmade(parts);
  await expect(openArchive(file.path)).rejects.toThrow(BadInput);
});

test.each([
  ["an empty file", ""],
  ["a page", "<html>"],
  ["another gzip file", gzipSync("no warc at all, but a text\n")],
  ["an older kind of archive", "filedesc://a.arc 0.0.0.0 19960101000000 text/plain 76\n"],
  ["a record without a length", "WARC/1.0\r\nWARC-Type: response\r\n\r\n"],
])("%s is no archive", async (_title, content) => {
  await using file = await writeHandmade([Buffer.from(content as string)]);
  await expect(openArchive(file.path)).rejects.toThrow(BadInput);
});

test("a file that packs all records at once is refused with the remedy", async () => {
  const two = [1, 2].map((n) => handmadeAnswer(`http://a.example.org/${n}`, ok, page));
  await using file = await writeHandmade([gzipSync(Buffer.concat(two))]);
  await expect(openArchive(file.path)).rejects.toThrow(/one member a record/);
});

test("a file that is not there is a sentence", async () => {
  await expect(openArchive("no-such.warc.gz")).rejects.toThrow(
    "cannot read no-such.warc.gz: there is no such file",
  );
});

test("the newest answer of an address counts, a revisit for what it refers to", async () => {
  const url = "http://a.example.org/";
  const dated = (day: number) => ({ "WARC-Date": `2026-03-0${day}T02:00:00Z` });
  await using file = await writeHandmade([
    handmadeAnswer(url, ok, "third", dated(3)),
    handmadeAnswer(url, ok, "first", { ...dated(1), "WARC-Payload-Digest": "sha1:FIRST" }),
    handmade(
      {
        "WARC-Type": "revisit",
        "WARC-Target-URI": url,
        ...dated(4),
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": "2026-03-01T02:00:00Z",
      },
      "",
    ),
    handmade(
      {
        "WARC-Type": "revisit",
        "WARC-Target-URI": `${url}copy`,
        ...dated(2),
        "WARC-Payload-Digest": "sha1:FIRST",
      },
      "",
    ),
    handmade(
      {
        "WARC-Type": "revisit",
        "WARC-Target-URI": `${url}lost`,
        ...dated(2),
        "WARC-Payload-Digest": "sha1:LOST",
      },
      "",
    ),
    // Of two answers at one moment the later in the file is the newer.
    handmadeAnswer(`${url}twice`, ok, "before", dated(1)),
    handmadeAnswer(`${url}twice`, ok, "after", dated(1)),
  ]);
  const archive = await openArchive(file.path);
  expect(await bodyOf(archive, url)).toBe("first");
  expect(await bodyOf(archive, `${url}copy`)).toBe("first");
  expect(archive.find(`${url}lost`)).toBeUndefined();
  expect(await bodyOf(archive, `${url}twice`)).toBe("after");
  await archive.close();
});

test("twins answer for each other where there is but one", async () => {
  await using file = await writeHandmade([
    handmadeAnswer("https://www.a.example.org/about/", ok, "about"),
    handmadeAnswer("http://b.example.org/", ok, "plain"),
    handmadeAnswer("https://b.example.org/", ok, "secure"),
  ]);
  const archive = await openArchive(file.path);
  expect(archive.find("http://a.example.org/about")).toMatchObject({ isTwin: true });
  expect(archive.find("https://www.a.example.org/about/")).toMatchObject({ isTwin: false });
  expect(await bodyOf(archive, "http://b.example.org/")).toBe("plain");
  expect(archive.find("http://www.b.example.org/")).toBeUndefined();
  expect(archive.holdsHost("http://a.example.org/elsewhere")).toBe(true);
  expect(archive.holdsHost("http://c.example.org/")).toBe(false);
  expect(archive.holdsIn(["http://a.example.org/about"])).toBe(true);
  expect(archive.holdsIn(["http://a.example.org/news"])).toBe(false);
  await archive.close();
});

test("two files of one name have two names as archives", async () => {
  const names: string[] = [];
  for (const body of ["one", "two"]) {
    await using file = await writeHandmade([handmadeAnswer("http://a.example.org/", ok, body)]);
    const archive = await openArchive(file.path);
    names.push(archive.name);
    await archive.close();
  }
  expect(names[0]).toMatch(/^handmade\.warc@[0-9a-f]{8}$/);
  expect(names[0]).not.toBe(names[1]);
});

test("what we write ourselves is read", async () => {
  const moment = { url: "http://a.example.org/", at: new Date("2026-03-01T02:00:00Z"), visit: "1" };
  const headers = { "content-type": "text/html", "content-encoding": "gzip" };
  await using file = await writeHandmade([
    await packRecord({ kind: "info", at: moment.at, fields: { software: "test" } }),
    await packRecord({ ...moment, kind: "request" }),
    await packRecord({
      ...moment,
      kind: "response",
      status: 200,
      headers,
      bytes: Buffer.from(page),
    }),
  ]);
  const archive = await openArchive(file.path);
  expect(await bodyOf(archive, moment.url)).toBe(page);
  await archive.close();
});
