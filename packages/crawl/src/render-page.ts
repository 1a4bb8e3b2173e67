import { setTimeout as pause } from "node:timers/promises";
import type { Browser, BrowserContext, CDPSession, Page, Request, Route } from "playwright-core";
import { lookAtPage, takeAway, writePage } from "./page-scripts.ts";
import type { BeforeRequest, Door } from "./proxy-door.ts";

/** What is to be rendered, with what we have of it already. */
export type RenderRequest = {
  url: string;
  /** The page as fetched: shown to the browser as the site's answer, so that the site is not asked twice. */
  document?: { bytes: Uint8Array; contentType: string } | undefined;
  /** Asked before every request that goes out: the place for robots.txt and the host's pace. */
  beforeRequest?: BeforeRequest | undefined;
  signal?: AbortSignal | undefined;
};

/** What became of it in the browser. */
export type PageEnd =
  | { kind: "rendered"; url: string; bytes: Uint8Array }
  | { kind: "broken"; error: string; message: string };

/** What one page may take. */
export type PageLimits = {
  /** The whole page, until its browser is killed; waits for the pace of hosts not counted. */
  pageMs: number;
  /** Longest wait for the pace of hosts that is not counted. */
  paceMsMax: number;
  /** Until the first byte of a document that is not given. */
  navigateMs: number;
  /** Longest wait for the text to stop growing. */
  settleMs: number;
  pollMs: number;
  /** How long nothing must have happened. */
  quietMs: number;
  /** As `quietMs`, for a page that shows next to nothing: its scripts may be at work still. */
  emptyQuietMs: number;
  /** Most characters of the rendered page. */
  htmlLengthMax: number;
  navigationsMax: number;
  popupsMax: number;
};

/** Honest pages settle in about a second. */
export const pageLimits: PageLimits = {
  pageMs: 15_000,
  paceMsMax: 30_000,
  navigateMs: 8_000,
  settleMs: 8_000,
  pollMs: 100,
  quietMs: 300,
  emptyQuietMs: 1_500,
  htmlLengthMax: 10_000_000,
  navigationsMax: 3,
  popupsMax: 20,
};

export type Stage = {
  browser: Browser;
  door: Door;
  proxyPort: number;
  limits: PageLimits;
  /** Called with the context as soon as there is one: who gave the browser closes it. */
  opened: (context: BrowserContext) => void;
};

/**
 * Shows one page in a context of its own and returns its DOM once its text has stopped growing. Waits without
 * an end where the page hangs: the caller keeps the time, and kills the browser.
 */
export async function drawPage(stage: Stage, request: RenderRequest): Promise<PageEnd> {
  const { browser, door, limits } = stage;
  const startedAt = performance.now();
  const context = await browser.newContext({
    proxy: {
      server: `http://127.0.0.1:${stage.proxyPort}`,
      username: door.username,
      password: door.password,
    },
    acceptDownloads: false,
    serviceWorkers: "block",
    viewport: null,
  });
  stage.opened(context);
  await context.addInitScript(takeAway);
  const page = await context.newPage();
  const disturbed = watchPage(context, page, limits);
  const traffic = watchTraffic(page);
  await context.route("**/*", guardRequests(stage, page, request));

  const shown = await Promise.race([navigate(stage, page, request), disturbed]);
  if (shown) return shown;
  const session = await context.newCDPSession(page);
  const look = createLook(session);
  const settleUntil = Math.min(
    performance.now() + limits.settleMs,
    startedAt + limits.pageMs * reserved,
  );
  const hasTime = (): boolean => performance.now() < settleUntil + paceMs(door, limits);
  const unsettled = await Promise.race([settle(look, traffic, limits, hasTime), disturbed]);
  if (unsettled) return unsettled;
  return (await Promise.race([write(look, page, limits), disturbed])) as PageEnd;
}

/** The rest of the page's time is kept for writing it down. */
const reserved = 0.9;

/** What the hosts' pace has taken of the page's time, and is given back. */
export const paceMs = (door: Door, { paceMsMax }: PageLimits): number =>
  Math.min(door.waitedMs(), paceMsMax);

/** Ends a page that crashes or opens windows without end; popups are closed as they come. */
function watchPage(
  context: BrowserContext,
  page: Page,
  { popupsMax }: PageLimits,
): Promise<PageEnd> {
  return new Promise((resolve) => {
    let popups = 0;
    page.on("dialog", (dialog) => void dialog.dismiss().catch(() => {}));
    page.on("crash", () => resolve(broken("PAGE_CRASHED", "the page has crashed")));
    context.on("page", (popup) => {
      void popup.close().catch(() => {});
      popups += 1;
      if (popups > popupsMax) {
        resolve(broken("POPUPS", `the page has opened more than ${popupsMax} windows`));
      }
    });
  });
}

/** How many requests of the page are under way. */
function watchTraffic(page: Page): () => number {
  const under = new Set<Request>();
  page.on("request", (request) => under.add(request));
  page.on("requestfinished", (request) => under.delete(request));
  page.on("requestfailed", (request) => under.delete(request));
  return () => under.size;
}

/**
 * Answers what needs no network and stops what no text comes from. Stylesheets are answered with an empty one:
 * some programs do not start when a part of theirs does not load.
 */
function guardRequests(
  { door, limits }: Stage,
  page: Page,
  { url: pageUrl, document }: RenderRequest,
): (route: Route, request: Request) => Promise<void> {
  let navigations = 0;
  const decide = async (route: Route, request: Request): Promise<void> => {
    const url = request.url();
    const type = request.resourceType();
    if (type === "stylesheet") return route.fulfill({ contentType: "text/css", body: "" });
    if (unread.has(type)) return route.abort("blockedbyclient");
    if (request.isNavigationRequest()) {
      // Texts of frames are other pages' texts.
      if (!isOf(page, request)) return route.abort("blockedbyclient");
      navigations += 1;
      const isItself = navigations === 1 || url === pageUrl;
      if (document && isItself && navigations <= limits.navigationsMax) {
        return route.fulfill({
          contentType: document.contentType || "text/html",
          body: Buffer.from(document.bytes),
        });
      }
      const leaves = new URL(url).hostname !== new URL(pageUrl).hostname;
      if (leaves || navigations > limits.navigationsMax || request.method() !== "GET") {
        door.deny(url, "the page leads away from itself");
        // Any other error would put the browser's own page in the place of this one.
        return route.abort("aborted");
      }
    }
    // Plain requests are asked about by the proxy, which sees their redirects too; of these it sees the host.
    if (url.startsWith("https:") && !(await door.admit(url))) {
      return route.abort("blockedbyclient");
    }
    return route.continue();
  };
  // A page that is over no longer waits for an answer.
  return (route, request) => decide(route, request).catch(() => route.abort().catch(() => {}));
}

const unread = new Set([
  ...["image", "font", "media", "texttrack", "manifest", "ping", "eventsource"],
  ...["cspviolationreport", "signedexchange", "prefetch"],
]);

function isOf(page: Page, request: Request): boolean {
  try {
    return request.frame() === page.mainFrame();
  } catch {
    // A window that is only just opening.
    return false;
  }
}

async function navigate(
  { door, limits }: Stage,
  page: Page,
  { url, document }: RenderRequest,
): Promise<PageEnd | undefined> {
  try {
    const response = await page.goto(url, { waitUntil: "commit", timeout: limits.navigateMs });
    const status = response?.status() ?? 0;
    if (document || status < 400) return undefined;
    if (door.denials.length === 0) return broken(`STATUS_${status}`, `${url} answers ${status}`);
  } catch (error) {
    if (door.denials.length === 0) {
      const message = error instanceof Error ? error.message : String(error);
      const code = /net::(ERR_\w+)/.exec(message)?.[1] ?? "TIMEOUT";
      return broken(code, `${url} is not shown: ${message.split("\n")[0]}`);
    }
  }
  return broken("DENIED", `${url} is not shown: ${door.denials[0]!.reason}`);
}

/** Runs an expression in a world of its own, where the page's scripts have not been before. */
type Look = <T>(expression: string) => Promise<T | undefined>;

function createLook(session: CDPSession): Look {
  return async <T>(expression: string) => {
    try {
      const { frameTree } = await session.send("Page.getFrameTree");
      const { executionContextId } = await session.send("Page.createIsolatedWorld", {
        frameId: frameTree.frame.id,
        worldName: "waymark",
      });
      const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
        expression,
        contextId: executionContextId,
        returnByValue: true,
      });
      return exceptionDetails ? undefined : (result.value as T);
    } catch {
      // Between two documents there is nothing to look at.
      return undefined;
    }
  };
}

type State = { isParsed: boolean; length: number };

/** Waits until text and network have been quiet for a while, or there is no more time. */
async function settle(
  look: Look,
  traffic: () => number,
  limits: PageLimits,
  hasTime: () => boolean,
): Promise<undefined> {
  let quietSince: number | undefined;
  let before = -1;
  while (hasTime()) {
    const state = await look<State>(lookAtPage);
    const isQuiet = state?.isParsed && state.length === before && traffic() === 0;
    before = state?.length ?? -1;
    if (!isQuiet) quietSince = undefined;
    else quietSince ??= performance.now() - limits.pollMs;
    const neededMs = before < emptyLength ? limits.emptyQuietMs : limits.quietMs;
    if (quietSince !== undefined && performance.now() - quietSince >= neededMs) return;
    await pause(limits.pollMs);
  }
}

/** Text this short, scripts included, is a shell that still waits for its content. */
const emptyLength = 200;

async function write(look: Look, page: Page, { htmlLengthMax }: PageLimits): Promise<PageEnd> {
  const url = page.url();
  if (url.startsWith("chrome-error:")) {
    return broken("WENT_ASTRAY", "the page has gone to an address that is not shown");
  }
  const written = await look<{ length: number; html?: string }>(writePage(htmlLengthMax));
  if (!written) return broken("NO_DOCUMENT", `${url} shows no document`);
  if (written.html === undefined) {
    const size = `${written.length} characters, more than ${htmlLengthMax}`;
    return broken("TOO_LARGE", `${url} has grown to ${size}`);
  }
  return { kind: "rendered", url, bytes: Buffer.from(written.html, "utf8") };
}

export const broken = (error: string, message: string): PageEnd & { kind: "broken" } => ({
  kind: "broken",
  error,
  message,
});
