import type { FetchOutcome, Hop } from "./fetch-outcome.ts";
import { type Answer, broken } from "./read-answer.ts";
import { checkUrl } from "./url-policy.ts";

type Ask = (step: { url: string; hops: Hop[] }) => Promise<Answer>;

/** Asks for the page and follows its redirects as long as they stay on its host. */
export async function followRedirects(
  request: { url: string; beforeHop?: ((hop: Hop) => boolean | Promise<boolean>) | undefined },
  { redirectsMax, ask }: { redirectsMax: number; ask: Ask },
): Promise<FetchOutcome> {
  const hops: Hop[] = [];
  let url = request.url;
  for (;;) {
    const problem = checkUrl(url);
    if (problem) return { kind: "forbidden-address", reason: problem };
    const answer = await ask({ url, hops });
    if (answer.kind !== "redirect") return answer;

    const { location, status } = answer;
    const hop = { url, status, location };
    hops.push(hop);
    if (!URL.canParse(location) || !/^https?:$/.test(new URL(location).protocol)) {
      return broken(
        "BAD_REDIRECT",
        `${url} redirects to ${location}, which is no web address`,
        status,
      );
    }
    if (hops.some((earlier) => earlier.url === location)) {
      return broken("REDIRECT_LOOP", `${request.url} redirects in a circle by ${location}`, status);
    }
    if (hops.length > redirectsMax) {
      return broken(
        "TOO_MANY_REDIRECTS",
        `${request.url} redirects more than ${redirectsMax} times`,
        status,
      );
    }
    if (!isSameHost(url, location) || (await request.beforeHop?.(hop)) === false) {
      const permanent = hops.every((each) => each.status === 301 || each.status === 308);
      return { kind: "moved", location, permanent, hops };
    }
    url = location;
  }
}

/** Same name and port; a site's http and https doors, on their own ports, are one host. */
const isSameHost = (one: string, other: string): boolean =>
  new URL(one).host === new URL(other).host;
