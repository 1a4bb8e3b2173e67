import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium, withChromium } from "../../../test/setup/chromium.ts";
import {
  createRenderer,
  type Renderer,
  type RenderLimits,
  type RenderOutcome,
} from "./renderer.ts";

/** Long enough for an honest page on a busy machine, short enough to wait out some of the others. */
const pageMs = 6_000;

const hostile: [name: string, script: string, ends: RegExp][] = [
  [
    "writes 100,000 entries into its history",
    "for (let i = 0; i < 100000; i++) { try { history.pushState(i, '', '#' + i) } catch {} }",
    /^(rendered|DEADLINE)$/,
  ],
  [
    "opens windows",
    `setInterval(() => { for (let i = 0; i < 20; i++) {
       window.open("about:blank#" + i); new Window().open();
       const a = document.createElement("a"); a.href = "/more"; a.target = "_blank"; a.rel = "noopener"; document.body.append(a); a.click();
     } }, 50)`,
    /^(rendered|POPUPS|DEADLINE)$/,
  ],
  [
    "downloads 50 files",
    `for (let i = 0; i < 50; i++) { const a = document.createElement("a"); a.download = "file" + i;
       a.href = URL.createObjectURL(new Blob(["x".repeat(1e5)])); document.body.append(a); a.click(); }`,
    /^rendered$/,
  ],
  ["prints", "for (let i = 0; i < 100; i++) print(); setInterval(print, 10)", /^rendered$/],
  [
    "never stops growing",
    "setInterval(() => { for (let i = 0; i < 200; i++) document.body.append(Object.assign(document.createElement('p'), { textContent: 'more '.repeat(40) })) }, 20)",
    /^(rendered|TOO_LARGE|DEADLINE|MEMORY)$/,
  ],
  [
    "has a million nodes",
    "let s = ''; for (let i = 0; i < 1e6; i++) s += '<i></i>'; document.body.innerHTML = s;",
    /^(rendered|DEADLINE|MEMORY)$/,
  ],
  [
    "lies about itself",
    `Object.defineProperty(Element.prototype, "outerHTML", { get() { for (;;); } });
     Object.defineProperty(Node.prototype, "textContent", { get() { for (;;); } });
     JSON.stringify = Array.prototype.push = document.querySelectorAll = () => { throw new Error("no"); };`,
    /^rendered$/,
  ],
  ["goes round in circles", "location.reload()", /^rendered$/],
];

withChromium("a hostile page", () => {
  let renderer: Renderer;
  let tempFolder: string;
  const create = (limits: Partial<RenderLimits>): Renderer =>
    createRenderer({
      chromium: { path: findChromium()! },
      userAgent: "Waymark/test",
      resolve: async () => [],
      tempFolder,
      limits: {
        ...{ pageMs, settleMs: 2_000, emptyQuietMs: 300, htmlLengthMax: 20_000_000 },
        ...{ memoryBytesMax: 800_000_000, memoryPollMs: 50, ...limits },
      },
    });
  beforeAll(async () => {
    tempFolder = await mkdtemp(join(tmpdir(), "waymark-hostile-test-"));
    renderer = create({});
  });
  afterAll(async () => {
    await renderer.close();
    expect(await readdir(tempFolder)).toEqual([]);
    await rm(tempFolder, { recursive: true });
  });

  const show = (script: string, by = renderer): Promise<RenderOutcome> => {
    const html = `<!doctype html><body><p>words</p><script>${script}</script></body>`;
    const document = { bytes: Buffer.from(html), contentType: "text/html" };
    return by.renderPage({ url: "http://hostile.example/", document });
  };
  const honest = `setTimeout(() => document.body.append("honest words"), 50)`;

  test.for(hostile)("that %s ends, and the next page is shown", async ([, script, ends]) => {
    const outcome = await show(script);
    expect(outcome.kind === "broken" ? outcome.error : outcome.kind).toMatch(ends);
    const next = await show(honest);
    expect(next).toMatchObject({ kind: "rendered" });
    expect(next.kind === "rendered" && Buffer.from(next.bytes).toString()).toContain(
      "honest words</body>",
    );
  });

  test("that never gives way takes nothing from the pages beside it", async () => {
    const [bad, good] = await Promise.all([show("for (;;);"), show(honest)]);
    expect(bad).toMatchObject({ error: "DEADLINE" });
    expect(good).toMatchObject({ kind: "rendered" });
    // One that is under way when the browser is killed is shown by the next.
    const worse = show("for (;;) alert(1);");
    await new Promise((resolve) => setTimeout(resolve, pageMs - 1_500));
    const slow = show("setInterval(() => document.body.append('more '), 50)");
    expect(await worse).toMatchObject({ error: "DEADLINE" });
    expect(await slow).toMatchObject({ kind: "rendered" });
  });

  test("that fills the memory is found out, and the page beside it is shown", async () => {
    const patient = create({ pageMs: 30_000, settleMs: 25_000, memoryBytesMax: 600_000_000 });
    const hog = `const all = []; const eat = () => {
      for (let i = 0; i < 4; i++) all.push(new Uint8Array(2e7).fill(i + 1)); setTimeout(eat, 10); }; eat();`;
    const [bad, good] = await Promise.all([show(hog, patient), show(honest, patient)]);
    expect(bad).toMatchObject({ kind: "broken", error: "MEMORY" });
    expect(good).toMatchObject({ kind: "rendered" });
    await patient.close();
  });
});
