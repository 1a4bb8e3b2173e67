import type { Dispatcher } from "undici";
import type { FetchOutcome, Hop } from "./fetch-outcome.ts";
import { defaultLimits, type Fetcher, type FetchRequest, type Limits } from "./fetch-page.ts";
import { followRedirects } from "./follow-redirects.ts";
import { type Answer, broken, readAnswer } from "./read-answer.ts";
import { type Archive, type Found, twinKey } from "./read-warc.ts";
import type { StoredAnswer } from "./stored-answer.ts";

type Options = { now: () => Date; limits?: Partial<Limits> };

/**
 * A fetcher for which an archive is the web: the same outcomes by the same rules, and no socket is opened. What is
 * not in it is gone; a host of which nothing is in it has no address. Closing it closes the archive.
 */
export function createArchiveFetcher(archive: Archive, { now, limits }: Options): Fetcher {
  const context = { archive, now, limits: { ...defaultLimits, ...limits } };
  return {
    async fetchPage(request) {
      const { redirectsMax } = context.limits;
      const ask = (step: Step): Promise<Answer> => askArchive(context, request, step);
      const outcome = await followRedirects(request, { redirectsMax, ask });
      return outcome.kind === "busy" ? notBusy(request.url, outcome.status) : outcome;
    },
    close: () => archive.close(),
  };
}

type Context = { archive: Archive; now: () => Date; limits: Limits };
type Step = { url: string; hops: Hop[] };

async function askArchive(context: Context, request: FetchRequest, step: Step): Promise<Answer> {
  request.signal?.throwIfAborted();
  const { archive } = context;
  const { url, hops } = step;
  const nothing: FetchOutcome = archive.holdsHost(url)
    ? { kind: "gone", status: 404, url, hops }
    : { kind: "no-address", error: "ENOTFOUND" };
  const found = archive.find(url);
  if (!found) return nothing;
  try {
    const answer = await answerOf(context, request, { ...step, found });
    // A twin that leads to where we came from says nothing of this address.
    const isCircle = found.isTwin && answer.kind === "redirect" && isTwin(answer.location, url);
    return isCircle ? nothing : answer;
  } catch (error) {
    request.signal?.throwIfAborted();
    const { code = "ARCHIVE", message } = error as NodeJS.ErrnoException;
    return broken(code, `${url}: ${message}`);
  }
}

async function answerOf(
  { archive, limits, now }: Context,
  request: FetchRequest,
  { url, hops, found }: Step & { found: Found },
): Promise<Answer> {
  const response = await archive.read(found.capture);
  // Whatever was not read of a body reports that as an error when it is dropped; nobody needs to hear it.
  response.body.on("error", () => {});
  try {
    if (response.statusCode === 200) {
      if (found.capture.isCut)
        return broken("TRUNCATED", `the archive holds a part of ${url} only`);
      if (isAsBefore(request, response)) return { kind: "unchanged", url, hops };
    }
    return await readAnswer({ limits, now }, request, {
      url,
      hops,
      response: asAnswered(response),
    });
  } finally {
    response.body.destroy();
  }
}

/** What is read of an answer is its status, its headers and its body as a stream: those we have. */
const asAnswered = (response: StoredAnswer): Dispatcher.ResponseData =>
  response as Dispatcher.ResponseData;

/**
 * Whether the validators of the last visit are those of the stored answer. Only the same will do: an archive may be
 * older than what we know, so that "not changed since" would be no proof.
 */
function isAsBefore({ etag, lastModified }: FetchRequest, { headers }: StoredAnswer): boolean {
  if (etag && headers.etag) return weak(etag) === weak(String(headers.etag));
  return Boolean(lastModified) && lastModified === headers["last-modified"];
}

const weak = (etag: string): string => etag.replace(/^W\//, "");

const isTwin = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && twinKey(one) === twinKey(other);

/** Nobody is busy in an archive, and waiting would not help: the host turned us away when it was made. */
const notBusy = (url: string, status: number): FetchOutcome =>
  broken(`HTTP_${status}`, `${url} answered ${status} when it was archived`, status);
