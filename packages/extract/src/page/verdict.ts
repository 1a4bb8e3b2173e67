import type { Skim } from "@waymark/domain";
import { scriptSigns, shellReason } from "./browser-sign.ts";
import type { Page } from "./page.ts";

/** Whether what came with status 200 is a page at all, and why not. */
export type Verdict = { verdict: Skim["verdict"]; reason?: string };

/** Judges by what the page itself says: title, headings, and how much text it has of its own. */
export function judgePage(page: Page, text: string, signs = scriptSigns(page)): Verdict {
  const visible = visibleText(page);
  const headings = [
    page.head.title?.value ?? "",
    ...page.blocks
      .filter((block) => block.level > 0 && block.level <= 2)
      .slice(0, 4)
      .map((block) => block.text),
  ];
  const short = text.length < 1500;
  const blocked =
    short &&
    visible.length < 3000 &&
    firstMatch([...headings, visible.slice(0, 1500)], blockedWords);
  if (blocked)
    return { verdict: "blocked", reason: `asks to prove that one is no machine: "${blocked}"` };
  const missing = short && firstMatch(headings, notFoundHeading);
  if (missing) return { verdict: "soft-404", reason: `status 200, but headed "${missing}"` };
  const missingText = text.length < 600 && firstMatch([text.slice(0, 600)], notFoundText);
  if (missingText) return { verdict: "soft-404", reason: `status 200, but says "${missingText}"` };
  const parked = visible.length < 4000 && firstMatch([visible.slice(0, 3000)], parkedWords);
  if (parked) return { verdict: "parked", reason: `the domain is parked: "${parked}"` };
  const shell = shellReason(signs, visible);
  if (shell) return { verdict: "shell", reason: shell };
  if (short && asksForPassword(page) && firstMatch([...headings, text.slice(0, 300)], loginWords)) {
    return { verdict: "login", reason: "asks for a password and says little else" };
  }
  return { verdict: "page" };
}

/** All that a page shows, furniture included. */
export const visibleText = (page: Page): string =>
  page.blocks.map((block) => block.text).join("\n");

const notFoundHeading =
  /^(error )?404\b.*|^.*\b(page|content|document|file|resource|article|site)( (you requested|requested))? (was |is |could |can)?(not|no longer|n't|cannot)( be)? (found|available|exists?)\b.*|^not found\b.*|^(oops|sorry|whoops)[!,. ].{0,60}(not|n't|find|missing|gone|wrong).*|^.*\b(can(no|')t|couldn't|could not|unable to) (find|locate) (that|the|this|your) page.*|^page (missing|unavailable|gone)$/i;
const notFoundText =
  /\b(page|document|article|content) (you (are looking for|requested|were looking for)|at this address)\b.{0,60}\b(not|no longer|moved|removed|n't|gone)\b|\b(we|sorry).{0,30}(can(no|')t|couldn't|could not|unable to) find\b.{0,40}\bpage|\bno longer (at|available at) this address\b|\b(page|content) (was|is|could|can)( ?not|n't) (be )?found\b/i;
const parkedWords =
  /\b(this )?(premium )?domain( name)?( [\w.-]+)? (is|may be|might be|has been) (for sale|available for purchase|parked|listed for sale)|\bbuy this domain\b|\bthis (web ?page|domain|site) is parked\b|\bparked (free|domain|page)\b|\bdomain (has )?(expired|parking)\b|\binquire about this domain\b|\bmake an offer on this domain\b|\brelated searches\b.{0,200}\bsponsored listings\b|\bthis domain (was )?recently (registered|expired)\b|\bdomain is for sale\b/is;
const blockedWords =
  /\b(verify(ing)? (that )?you are (a )?human|are you (a )?(human|robot)|checking your browser|just a moment\.\.\.|attention required|access denied|request (was )?blocked|you have been blocked|unusual traffic|complete the captcha|enable javascript and cookies to continue|security check)\b/i;
const loginWords = /\b(log ?in|sign ?in|password|single sign-on|authenticat\w+)\b/i;

function firstMatch(texts: readonly string[], pattern: RegExp): string | undefined {
  for (const text of texts) {
    const match = pattern.exec(text.trim());
    if (match) return match[0].slice(0, 120);
  }
  return undefined;
}

const asksForPassword = ({ elements }: Page): boolean =>
  elements.named("input").some(({ attribs }) => attribs.type?.toLowerCase() === "password");
