import type { DryFetch } from "@waymark/pipeline/worker";
import { count, cut, faint, print, strong, when } from "./terminal.ts";

type Stop = DryFetch["stops"][number];
type Robots = NonNullable<Stop["robots"]>;
type Answer = NonNullable<DryFetch["answer"]>;
type Again = NonNullable<DryFetch["again"]>;
type Look = NonNullable<DryFetch["look"]>;
type Render = NonNullable<DryFetch["render"]>;

/** Prints one visit, step by step. */
export function printFetch(fetch: DryFetch): void {
  const asked = new Set<string>();
  for (const [index, stop] of fetch.stops.entries()) {
    if (index > 0) step("Redirect", `number ${index}`);
    printAddress(stop, index === 0 ? fetch.url : stop.url, fetch.connectTo);
    if (stop.robots) printRobots(stop.robots, asked.has(stop.robots.url));
    if (stop.robots) asked.add(stop.robots.url);
    if (stop.redirect) {
      step("Answer", String(stop.redirect.status));
      line("leads to", stop.redirect.location);
    }
  }
  if (fetch.answer) printAnswer(fetch.answer);
  if (fetch.again) printAgain(fetch.again);
  if (fetch.look) printLook(fetch.look);
  if (fetch.render) printRender(fetch.render, fetch.look?.textLength ?? 0);
  printCrawl(fetch);
}

const step = (name: string, words = ""): void => print(`${strong(name)} ${faint(words)}`.trimEnd());
const line = (name: string, value: string): void => print(`  ${name.padEnd(13)} ${value}`);

function printAddress(stop: Stop, written: string, connectTo: string | undefined): void {
  step("Address", written);
  if (stop.url !== written) line("asked as", stop.url);
  line("host", `${new URL(stop.url).hostname}, port ${stop.port}`);
  if (connectTo) line("reached at", `${connectTo}, by WAYMARK_CONNECT_TO`);
  for (const { address, isPublic } of stop.addresses) {
    const found = isPublic ? "public" : strong("not an address of the public internet");
    line("leads to", `${address} ${isPublic ? faint(found) : found}`);
  }
  if (stop.lookupError) line("leads to", strong(`no address (${stop.lookupError})`));
  if (stop.lookupMs !== undefined) line("looked up in", milliseconds(stop.lookupMs));
  if (stop.notFollowed) line("links to it", `are not followed: ${stop.notFollowed}`);
}

function printRobots(robots: Robots, isKnown: boolean): void {
  step("robots.txt", robots.url);
  // Without an answer there is nothing to tell of the file; the verdict says why.
  if (!isKnown && robots.status !== undefined) {
    const bytes = robots.bytes === undefined ? "" : `, ${count(robots.bytes, "byte")}`;
    line("came to", `${robots.status} ${robots.outcome}${bytes}`);
    line("took", timesOf(robots.times));
    for (const sitemap of robots.sitemaps) line("sitemap", sitemap);
  }
  if (robots.reason) {
    line("verdict", `${strong("nobody may be asked")}: ${robots.reason}`);
    return;
  }
  const group = robots.group === "*" ? "for everybody (*)" : (robots.group ?? "none applies to us");
  line("group", group);
  if (robots.crawlDelayMs !== undefined) {
    line("crawl-delay", `${robots.crawlDelayMs / 1000} s`);
  }
  const verdict = robots.allowed ? "may be visited" : strong("may not be visited");
  line("verdict", `${verdict}, by ${robots.rule ? `"${robots.rule}"` : "no rule"}`);
}

function printAnswer(answer: Answer): void {
  step("Answer", [answer.status, answer.outcome].filter(Boolean).join(" "));
  if (answer.message) line("says", answer.message);
  if (answer.bytes !== undefined) {
    line("type", answer.contentType ?? "–");
    line("size", `${answer.wireBytes} bytes on the wire, ${answer.bytes} unpacked`);
    line("etag", answer.etag ?? "–");
    line("last-modified", answer.lastModified ?? "–");
    line("x-robots-tag", answer.robotsTag ?? "–");
  }
  line("took", timesOf(answer.times));
}

function printAgain(again: Again): void {
  if (again.kind === "no-validators") {
    step("Asked again", "not: the answer has no validators");
    return;
  }
  step("Asked again", "with the validators");
  if (again.kind === "failed") {
    line("failed", again.message);
    return;
  }
  line("validators", strong(repeatWords[again.kind]));
  line("took", `${again.status}, ${timesOf(again.times)}`);
}

const repeatWords = {
  honoured: "honoured: an unchanged page costs no body",
  ignored: "ignored: the same bytes came again",
  changed: "unclear: other bytes came, so it changed meanwhile or differs each time",
};

function printLook(look: Look): void {
  step("First look", `in ${milliseconds(look.tookMs)}, the reader's start included`);
  line("verdict", `${strong(look.verdict)}${look.verdictReason ? `: ${look.verdictReason}` : ""}`);
  line("title", cut(look.title ?? "–", 96));
  line("main text", count(look.textLength, "character"));
  const { sameHost, elsewhere, nofollow } = look.links;
  line("links", `${sameHost} on the host, ${elsewhere} elsewhere; ${nofollow} marked nofollow`);
  for (const feed of look.feeds) line("feed", feed);
  if (look.canonical) line("canonical", look.canonical);
  if (look.refresh) line("refresh", look.refresh);
  const asks = [look.noindex && "noindex", look.nofollow && "nofollow"].filter(Boolean);
  if (asks.length > 0) line("robots meta", asks.join(", "));
}

function printRender({ needed, reason, shown }: Render, plainLength: number): void {
  step("Browser", browserWords[needed]);
  line("because", reason);
  if (!shown) return;
  if (shown.kind === "failed") {
    line("shows nothing", shown.message);
    return;
  }
  const brought = `${count(shown.textLength, "character")} of main text, ${plainLength} without it`;
  line("brings", `${strong(brought)} ${faint(`(${milliseconds(shown.tookMs)})`)}`);
  line("requests", `${shown.requests} made, ${shown.denied} denied`);
  line("a crawl", shown.used ? `would ${strong("read what it shows")}` : unusedWords[needed]);
}

const browserWords = { yes: "needed", perhaps: "worth a try", no: "not needed" };

const unusedWords = {
  yes: "would not use it: it brings hardly more",
  perhaps: "would not use it: it brings hardly more",
  no: "would not open it, unless the source asks for a browser",
};

function printCrawl({ crawl, stops, look }: DryFetch): void {
  step("A crawl", "would keep this of it; nothing is written");
  line("outcome", `${strong(crawl.outcome)}${crawl.because ? `: ${crawl.because}` : ""}`);
  if (new Set(stops.map(({ host }) => host)).size > 1) {
    line("other hosts", "are gone to only where the scope of the source holds them");
  }
  if (crawl.movedTo) line("visits next", `${crawl.movedTo}, as the page asks`);
  else if (look && !crawl.because) {
    line("follows", `${count(crawl.links, "link")}, were the whole host in scope`);
  }
  if (stops.length > 0) line("comes again", when(new Date(crawl.againAt)));
}

function timesOf({ wholeMs, connectMs, answerMs, bodyMs }: Answer["times"]): string {
  const parts = [
    connectMs !== undefined && `connecting ${milliseconds(connectMs)}`,
    answerMs !== undefined && `answering ${milliseconds(answerMs)}`,
    bodyMs !== undefined && `body ${milliseconds(bodyMs)}`,
  ].filter(Boolean);
  return `${milliseconds(wholeMs)}${parts.length > 0 ? faint(` (${parts.join(", ")})`) : ""}`;
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms : Math.round(ms)} ms`;
