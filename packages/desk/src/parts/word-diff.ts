import { type Html, html } from "./html.ts";

const wordsMax = 600;

/** Two versions of a text as one, what went struck out and what came marked; undefined when they share too little. */
export function wordDiff(before: string, after: string): Html | undefined {
  const old = before.split(/(?<=\s)/);
  const next = after.split(/(?<=\s)/);
  if (old.length > wordsMax || next.length > wordsMax) return undefined;
  const steps = compare(old, next);
  const kept = steps.filter(({ kind }) => kind === "kept").length;
  if (kept < Math.min(old.length, next.length) / 3) return undefined;
  return html`${gather(steps).map(({ kind, text }) => {
    if (kind === "kept") return text;
    const words = text.trimEnd();
    const space = text.slice(words.length);
    return kind === "gone" ? html`<del>${words}</del>${space}` : html`<ins>${words}</ins>${space}`;
  })}`;
}

/** A text with the words marked that another one, which is no earlier version of it, does not have. */
export function markOwnWords(text: string, other: string): Html {
  const [own, others] = [text.split(/(?<=\s)/), other.split(/(?<=\s)/)];
  if (own.length > wordsMax || others.length > wordsMax) return html`${text}`;
  return html`${gather(compare(others, own)).map(({ kind, text: step }) => {
    if (kind === "kept") return step;
    const words = step.trimEnd();
    return (
      kind === "come" && html`<strong class="only">${words}</strong>${step.slice(words.length)}`
    );
  })}`;
}

type Step = { kind: "kept" | "gone" | "come"; text: string };

/** The longest common run of words, by the table of what is common from each pair of places on. */
function compare(old: string[], next: string[]): Step[] {
  const width = next.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  const isSame = (i: number, j: number) => old[i]!.trim() === next[j]!.trim();
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = next.length - 1; j >= 0; j -= 1)
      common[i * width + j] = isSame(i, j)
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < next.length) {
    if (isSame(i, j)) {
      steps.push({ kind: "kept", text: next[j]! });
      i += 1;
      j += 1;
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
      steps.push({ kind: "gone", text: old[i++]! });
    else steps.push({ kind: "come", text: next[j++]! });
  }
  for (const text of old.slice(i)) steps.push({ kind: "gone", text });
  for (const text of next.slice(j)) steps.push({ kind: "come", text });
  return steps;
}

/** Neighbouring words of one kind as one step. */
function gather(steps: Step[]): Step[] {
  const gathered: Step[] = [];
  for (const { kind, text } of steps) {
    const last = gathered.at(-1);
    if (last?.kind === kind) last.text += text;
    else gathered.push({ kind, text });
  }
  return gathered;
}
