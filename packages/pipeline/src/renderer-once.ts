import type { Renderer } from "@waymark/crawl/browser";
import type { Logger } from "pino";

type RendererConfig = {
  userAgent: string;
  connectTo?: { host: string; port: number } | undefined;
  chromiumPath?: string | undefined;
  cacheFolder?: string | undefined;
  log: Logger;
};

/**
 * A browser that is looked for and opened when the first page needs it, and not before: most nights of most
 * workers need none. Without a configuration there is none.
 */
export function rendererOnce(config: RendererConfig | undefined): {
  open(): Promise<Renderer | undefined>;
  close(): Promise<void>;
} {
  let opening: Promise<Renderer | undefined> | undefined;
  return {
    open: () => {
      opening ??= config ? openRenderer(config) : Promise.resolve(undefined);
      return opening;
    },
    close: async () => (await opening)?.close(),
  };
}

async function openRenderer(config: RendererConfig): Promise<Renderer | undefined> {
  const { userAgent, connectTo, chromiumPath, cacheFolder, log } = config;
  const { createRenderer, findChromium } = await import("@waymark/crawl/browser");
  const chromium = await findChromium({ chromiumPath, cacheFolder });
  if (!chromium) {
    log.warn("no browser was found: pages that need one are told as shells");
    return undefined;
  }
  log.info({ path: chromium.path, from: chromium.from }, "browser found");
  return createRenderer({ chromium, userAgent, connectTo, log });
}
