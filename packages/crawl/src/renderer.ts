import type { Logger } from "pino";
import {
  closed,
  createKeeper,
  endOf,
  type Job,
  type Keeper,
  type KeeperLimits,
  keeperLimits,
  type Running,
  replaced,
} from "./browser-keeper.ts";
import { type BrowserProcess, startBrowser } from "./browser-process.ts";
import { createFilterProxy, type FilterProxy, type ProxyLimits } from "./filter-proxy.ts";
import type { Chromium } from "./find-chromium.ts";
import type { Door } from "./proxy-door.ts";
import {
  broken,
  drawPage,
  type PageEnd,
  type PageLimits,
  paceMs,
  pageLimits,
  type RenderRequest,
} from "./render-page.ts";
import type { ResolveHost } from "./resolve-host.ts";
import { createSlots, type Slots } from "./slots.ts";

export type { RenderRequest } from "./render-page.ts";

/** What rendering may cost at most. */
export type RenderLimits = PageLimits &
  KeeperLimits & {
    pagesAtOnce: number;
    startMs: number;
  };

/** Two pages at a time, in one browser that is there only while it is needed. */
export const renderLimits: RenderLimits = {
  ...pageLimits,
  ...keeperLimits,
  pagesAtOnce: 2,
  startMs: 20_000,
};

/** How a renderer presents itself, and what it may do and cost. */
export type RendererOptions = {
  chromium: Pick<Chromium, "path">;
  userAgent: string;
  /** Development only: every plain host is reached at this address, its Host header kept. */
  connectTo?: { host: string; port: number } | undefined;
  /** Lets addresses and ports outside the public web through; for tests on loopback. */
  allowPrivate?: boolean | undefined;
  resolve?: ResolveHost | undefined;
  limits?: Partial<RenderLimits> | undefined;
  proxyLimits?: Partial<ProxyLimits> | undefined;
  /** Whether the browser's own sandbox is on; by default it is, except under root, where it cannot be. */
  sandbox?: boolean | undefined;
  tempFolder?: string | undefined;
  log?: Logger | undefined;
};

/** What became of rendering a page; `requests` went out for it, `denied` were stopped on their way. */
export type RenderOutcome =
  | {
      kind: "rendered";
      url: string;
      bytes: Uint8Array;
      requests: number;
      denied: number;
      ms: number;
    }
  | { kind: "broken"; error: string; message: string };

/** Made by `createRenderer`, one for the life of a worker. */
export type Renderer = {
  /** One page, whatever comes of it. Throws only when the request's own signal is aborted. */
  renderPage(request: RenderRequest): Promise<RenderOutcome>;
  /** Ends the browser; pages under way end as `broken`. */
  close(): Promise<void>;
};

type Context = {
  options: RendererOptions;
  limits: RenderLimits;
  slots: Slots;
  proxy?: Promise<FilterProxy>;
  keeper: Keeper;
};

/**
 * Renders pages in a browser that is started when needed, killed whole when a page gets the better of it, and
 * replaced. Pages that shared it with the culprit are rendered once more, alone.
 */
export function createRenderer(options: RendererOptions): Renderer {
  const limits = { ...renderLimits, ...options.limits };
  const slots = createSlots(limits.pagesAtOnce);
  const start = async (): Promise<BrowserProcess> =>
    startBrowser({
      path: options.chromium.path,
      userAgent: options.userAgent,
      proxyPort: (await openProxy(context)).port,
      sandbox: options.sandbox,
      tempFolder: options.tempFolder,
      startMs: limits.startMs,
    });
  const keeper = createKeeper(limits, start, options.log);
  const context: Context = { options, limits, slots, keeper };
  return {
    renderPage: (request) => renderPatiently(context, request),
    async close() {
      await keeper.close();
      await (await context.proxy)?.close();
    },
  };
}

async function renderPatiently(context: Context, request: RenderRequest): Promise<RenderOutcome> {
  const { limits, slots } = context;
  for (let isRepeat = false; ; isRepeat = true) {
    const release = await slots.take(isRepeat ? limits.pagesAtOnce : 1);
    try {
      request.signal?.throwIfAborted();
      const outcome = await renderOnce(context, request);
      if (!isRepeat && outcome.kind === "broken" && outcome.error === replaced.error) continue;
      return outcome;
    } finally {
      release();
    }
  }
}

async function renderOnce(context: Context, request: RenderRequest): Promise<RenderOutcome> {
  const startedAt = performance.now();
  const { keeper } = context;
  if (keeper.isClosed()) return closed;
  let running: Running;
  let proxy: FilterProxy;
  try {
    proxy = await openProxy(context);
    running = await keeper.take();
  } catch (error) {
    return broken("BROWSER_FAILED", error instanceof Error ? error.message : String(error));
  }
  const job: Job = {};
  running.jobs.add(job);
  const door = proxy.openDoor(request.beforeRequest);
  try {
    const pageEnd = await draw(context, { running, job, door, proxy, request });
    const ms = Math.round(performance.now() - startedAt);
    const { requests, denied, denials } = door;
    const fields = { url: request.url, outcome: pageEnd.kind, requests, denied, denials, ms };
    context.options.log?.debug(fields, "page rendered");
    return pageEnd.kind === "rendered" ? { ...pageEnd, requests, denied, ms } : pageEnd;
  } finally {
    door.close();
    await keeper.leave(running, job);
  }
}

type Drawing = {
  running: Running;
  job: Job;
  door: Door;
  proxy: FilterProxy;
  request: RenderRequest;
};

/** The page's own end, or what ends it from outside: time, its browser's end, its caller. */
async function draw(
  context: Context,
  { running, job, door, proxy, request }: Drawing,
): Promise<PageEnd> {
  const { limits } = context;
  const drawn = drawPage(
    {
      browser: running.process.browser,
      door,
      proxyPort: proxy.port,
      limits,
      opened: (opened) => {
        job.context = opened;
      },
    },
    request,
  ).catch((error: unknown) =>
    broken("FAILED", `${request.url}: ${error instanceof Error ? error.message : error}`),
  );
  const gone = running.process.ended.then(() => endOf(running, job));
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(request.signal?.reason);
  request.signal?.addEventListener("abort", abort);
  if (request.signal?.aborted) abort();
  const startedAt = performance.now();
  let timer: NodeJS.Timeout;
  const watchTime = (): void => {
    const leftMs = startedAt + limits.pageMs + paceMs(door, limits) - performance.now();
    if (leftMs > 0) {
      timer = setTimeout(watchTime, leftMs);
      return;
    }
    const late = broken("DEADLINE", `${request.url} was not done within ${limits.pageMs} ms`);
    void context.keeper.end(running, { guilty: job, end: late });
  };
  timer = setTimeout(watchTime, limits.pageMs);
  try {
    const first = await Promise.race([drawn, gone, aborted]);
    // A browser that dies takes the page's calls with it: then its end is the reason, and on its way.
    const isDead = running.ending || !running.process.browser.isConnected();
    return isDead && first.kind !== "rendered" ? await gone : first;
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", abort);
  }
}

function openProxy(context: Context): Promise<FilterProxy> {
  const { connectTo, allowPrivate, resolve, proxyLimits } = context.options;
  context.proxy ??= createFilterProxy({ connectTo, allowPrivate, resolve, limits: proxyLimits });
  return context.proxy;
}
