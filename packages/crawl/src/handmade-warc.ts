import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** A WARC file in a folder of its own for one test, gone when the test's scope ends. */
export async function writeHandmade(
  records: Uint8Array[],
  { name = "handmade.warc", isPacked = false }: { name?: string; isPacked?: boolean } = {},
): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-warc-"));
  const path = join(folder, name);
  await writeFile(path, Buffer.concat(records.map((one) => (isPacked ? gzipSync(one) : one))));
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** A record as another tool would write it: its headers by name, its block as it is. */
export function handmade(headers: Record<string, string>, block: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(block as string, "latin1");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `WARC/1.0\r\n${lines.join("")}Content-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n\r\n")]);
}

/** A server's answer of an address, by its status line and headers and the body as it was sent. */
export function handmadeAnswer(
  url: string,
  lines: string[],
  body: string | Uint8Array = "",
  headers: Record<string, string> = {},
): Uint8Array {
  const sent = Buffer.from(body as string, "latin1");
  return handmade(
    {
      "WARC-Type": "response",
      "WARC-Target-URI": url,
      "WARC-Date": "2026-03-01T02:00:00Z",
      "Content-Type": "application/http; msgtype=response",
      ...headers,
    },
    Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), sent]),
  );
}
