import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, Next } from "hono";
import type { Desk, Viewer } from "./call.ts";
import { Problem } from "./problem.ts";

/** A page of ours may load our script, style and pictures, and nothing else from anywhere. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** A page of the web, shown in a frame: no script, no request, no form, an origin of its own. */
export const snapshotPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox",
].join("; ");

/** Sets the headers every answer bears; a route that set its own policy keeps it. */
export async function setSecurityHeaders(desk: Desk, c: Context, next: Next): Promise<void> {
  await next();
  const { headers } = c.res;
  const setDefault = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  setDefault("content-security-policy", pagePolicy);
  setDefault("cache-control", "no-store");
  headers.set("x-content-type-options", "nosniff");
  // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  setDefault("cross-origin-resource-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  if (desk.baseUrl?.protocol === "https:")
    headers.set("strict-transport-security", "max-age=31536000");
}

/** Refuses a request that changes something unless the browser says it comes from a page of ours. */
export function requireOwnOrigin(desk: Desk, c: Context): void {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const isOwn =
    (site !== undefined || origin !== undefined) &&
    (site === undefined || site === "same-origin") &&
    (origin === undefined || isOwnOrigin(desk, c, origin));
  if (!isOwn) throw refused();
}

/** Refuses a form that does not carry the secret of the viewer's session. */
export async function requireCsrfField(c: Context, viewer: Viewer): Promise<void> {
  const { csrf } = await c.req.parseBody();
  if (typeof csrf !== "string" || !isSame(csrf, viewer.csrfSecret)) throw refused();
}

const refused = (): Problem =>
  new Problem(
    403,
    "This request did not come from a page of this desk, so nothing was done.",
    "Open the page again and use its buttons. If you signed in again meanwhile, reload it first.",
  );

function isOwnOrigin(desk: Desk, c: Context, origin: string): boolean {
  if (desk.baseUrl) return origin === desk.baseUrl.origin;
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Counts by caller: wrong sign-in links and tokens, and what programs ask. The secrets have 256 bits, so
 * guessing is hopeless anyway; this keeps somebody who tries from costing us a query each time. It is kept
 * in memory, one desk each.
 */
export function createTryLimit(options: { triesMax: number; windowMs: number }): {
  isSpent(caller: string, atMs: number): boolean;
  add(caller: string, atMs: number, tries?: number): void;
} {
  const tries = new Map<string, { count: number; untilMs: number }>();
  const current = (caller: string, atMs: number) => {
    const entry = tries.get(caller);
    return entry && entry.untilMs > atMs ? entry : undefined;
  };
  return {
    isSpent: (caller, atMs) => (current(caller, atMs)?.count ?? 0) >= options.triesMax,
    add(caller, atMs, more = 1) {
      const entry = current(caller, atMs);
      if (entry) entry.count += more;
      else tries.set(caller, { count: more, untilMs: atMs + options.windowMs });
      if (tries.size <= 10_000) return;
      for (const [key, { untilMs }] of tries) if (untilMs <= atMs) tries.delete(key);
      if (tries.size > 10_000) tries.clear();
    },
  };
}
