/**
 * The second door of the room: what shows a page in a browser. Apart from the first, since it loads far more
 * than a crawl needs on most nights.
 */
export { type Chromium, findChromium } from "./find-chromium.ts";
export { createRenderer, type Renderer } from "./renderer.ts";
