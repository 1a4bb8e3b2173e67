import { createHash } from "node:crypto";
import type { Site, SiteFile } from "./load-sites.ts";

export type Answer =
  | { kind: "no-address" }
  | { kind: "answer"; status: number; headers: Record<string, string>; body: Buffer };

/** What a site says to one request; a host that the night does not know has no address. */
export function findAnswer(
  site: Site | undefined,
  url: URL,
  asked: { etag: string | undefined; since: string | undefined; serial: number },
): Answer {
  if (!site) return { kind: "no-address" };
  const special = site.answers.get(url.pathname) ?? site.answers.get("*");
  if (special?.behaviour === "no-address") return { kind: "no-address" };
  if (special?.status) {
    const path = `${url.pathname}${url.search}`;
    const location = special.location?.replace("{path}", path);
    return plainAnswer(special.status, { ...special.headers, ...(location ? { location } : {}) });
  }
  const file = site.files.get(`${url.pathname}${url.search}`) ?? site.files.get(url.pathname);
  if (file) return fileAnswer(file, special?.headers ?? {}, asked);
  if (site.files.has(`${url.pathname}/`))
    return plainAnswer(301, { location: `${url.pathname}/${url.search}` });
  return plainAnswer(404, {});
}

const contentTypes: Record<string, string> = {
  html: "text/html; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  css: "text/css; charset=utf-8",
};

function fileAnswer(
  file: SiteFile,
  extra: Record<string, string>,
  asked: { etag: string | undefined; since: string | undefined; serial: number },
): Answer {
  const type = { "content-type": contentTypes[file.extension] ?? "application/octet-stream" };
  if (file.body.includes(noncePlace)) {
    // Such a page differs on every fetch, as pages with form tokens do, so no validator would be true.
    const body = Buffer.from(file.body.toString().replaceAll(noncePlace, nonce(asked.serial)));
    return { kind: "answer", status: 200, headers: { ...type, ...extra }, body };
  }
  const etag = `"${createHash("sha1").update(file.body).digest("hex").slice(0, 20)}"`;
  const headers = { ...type, etag, "last-modified": file.changedAt.toUTCString(), ...extra };
  return isUnchanged(file, etag, asked)
    ? { kind: "answer", status: 304, headers, body: Buffer.alloc(0) }
    : { kind: "answer", status: 200, headers, body: file.body };
}

/** If-None-Match alone decides where it is sent; the date is asked only without it (RFC 9110 §13.2.2). */
function isUnchanged(
  file: SiteFile,
  etag: string,
  asked: { etag: string | undefined; since: string | undefined },
): boolean {
  if (asked.etag !== undefined)
    return asked.etag.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
  return asked.since !== undefined && file.changedAt.getTime() <= Date.parse(asked.since);
}

const noncePlace = "{{nonce}}";
const nonce = (serial: number): string =>
  createHash("sha1").update(`request ${serial}`).digest("hex").slice(0, 16);

function plainAnswer(status: number, headers: Record<string, string>): Answer {
  const title = titles[status] ?? "Something went wrong";
  const body = Buffer.from(
    `<!doctype html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  );
  return {
    kind: "answer",
    status,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
    body,
  };
}

const titles: Record<number, string> = {
  301: "Moved",
  404: "Page not found",
  410: "Gone",
  503: "Back soon",
};
