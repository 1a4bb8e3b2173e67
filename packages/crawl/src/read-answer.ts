import type { Dispatcher } from "undici";
import type { FetchOutcome, Hop } from "./fetch-outcome.ts";
import { unreadableBytes, unreadableType } from "./media-type.ts";
import { type BodyLimits, readBody } from "./read-body.ts";
import { retryAfterMs } from "./retry-after.ts";

type AnswerRequest = {
  etag?: unknown;
  lastModified?: unknown;
  firstBytes?: number | undefined;
  bodyBytesMax?: number | undefined;
};

/** An outcome, or the next hop on the way to one. */
export type Answer = FetchOutcome | { kind: "redirect"; status: number; location: string };

/**
 * What the server's answer means: by its status first, then by its type, then by what the body turns out to be.
 * A body that is not wanted is left unread.
 */
export async function readAnswer(
  { limits: usual, now }: { limits: BodyLimits; now: () => Date },
  request: AnswerRequest,
  { url, hops, response }: { url: string; hops: Hop[]; response: Dispatcher.ResponseData },
): Promise<Answer> {
  const { statusCode: status, body } = response;
  const header = (name: string): string | undefined => {
    const value = response.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const later = retryAfterMs(header("retry-after"), { now: now(), date: header("date") });
  const pause = later === undefined ? {} : { retryAfterMs: later };

  const location = header("location");
  if (redirects.has(status) && location !== undefined) {
    return { kind: "redirect", status, location: absolute(location, url) };
  }
  if (status === 304 && (request.etag || request.lastModified))
    return { kind: "unchanged", url, hops };
  if (status === 404 || status === 410) return { kind: "gone", status, url, hops };
  if (status === 429 || status === 503) return { kind: "busy", status, ...pause };
  // 408 and 425 speak of this one attempt, not of the page.
  if (status >= 400 && status < 500 && status !== 408 && status !== 425) {
    return { kind: "refused", status, ...pause };
  }
  if (status !== 200)
    return broken(`HTTP_${status}`, `${url} answered ${status}, which brings no page`, status);

  const contentType = header("content-type");
  const type = unreadableType(contentType, url);
  if (type) {
    body.destroy();
    return { kind: "wrong-type", contentType: type };
  }
  const { bodyBytesMax } = request;
  const limits = bodyBytesMax === undefined ? usual : { bodyBytesMax, wireBytesMax: bodyBytesMax };
  const announced = Number(header("content-length") ?? 0);
  if (announced > limits.wireBytesMax && request.firstBytes === undefined) {
    body.destroy();
    return { kind: "too-large", bytes: announced };
  }
  const encoding = header("content-encoding");
  const result = await readBody(body, { encoding, limits, firstBytes: request.firstBytes });
  if (result.kind === "too-large") return result;
  const found = unreadableBytes(result.bytes, url);
  if (found) return { kind: "wrong-type", contentType: found };
  return {
    kind: "fetched",
    status,
    url,
    bytes: result.bytes,
    wireBytes: result.wireBytes,
    contentType,
    etag: header("etag"),
    lastModified: header("last-modified"),
    robotsTag: header("x-robots-tag"),
    headers: headersOf(response.headers),
    hops,
  };
}

function headersOf(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

const redirects = new Set([301, 302, 303, 307, 308]);

/** The target of a redirect without its fragment. Header bytes arrive one to a character; most mean UTF-8. */
function absolute(location: string, base: string): string {
  const bytes = Buffer.from(location, "latin1");
  const text = /[\x80-\xff]/.test(location) ? bytes.toString("utf8") : location;
  if (!URL.canParse(text, base)) return text;
  const target = new URL(text, base);
  target.hash = "";
  return target.href;
}

export const broken = (error: string, message: string, status?: number): FetchOutcome => ({
  kind: "broken",
  ...(status === undefined ? {} : { status }),
  error,
  message,
});
