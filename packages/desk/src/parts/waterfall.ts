import type { MatchReason } from "@waymark/domain";
import { type Html, html } from "./html.ts";

/**
 * The reasons of a match as steps that lead to its score: each bar begins where the one before ended, to
 * the right where it speaks for one effort, to the left where against. The picture repeats the numbers, so
 * it is hidden from those who hear the page.
 */
export function waterfall(reasons: MatchReason[]): Html {
  let sum = 0;
  const steps = reasons.map((reason) => {
    const from = sum;
    sum += reason.weight;
    return { ...reason, from, to: sum };
  });
  const ends = [0, ...steps.map(({ to }) => to)];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const scale = (logOdds: number) =>
    most === least ? 0 : ((logOdds - least) / (most - least)) * 100;
  return html`<ol class="waterfall">${steps.map(
    ({ text, weight, from, to }) => html`<li>
<span class="step-text">${text}</span>
<svg class="step" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="10"/><rect class="zero" x="${scale(0) - 0.25}" width="0.5" height="10"/><rect class="${weight < 0 ? "against" : "for"}" x="${scale(Math.min(from, to))}" width="${Math.max(0.8, scale(Math.max(from, to)) - scale(Math.min(from, to)))}" y="1.5" height="7"/></svg>
<span class="step-n">${signed(weight)}<span class="visually-hidden"> ${weight < 0 ? "against" : "for"}</span></span></li>`,
  )}
<li class="step-sum"><span class="step-text">Together</span><span></span><span class="step-n">${signed(sum)}</span></li></ol>`;
}

const signed = (weight: number): string =>
  `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(1)}`;
