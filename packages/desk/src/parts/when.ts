import type { PartialDate } from "@waymark/domain";
import { type Html, html } from "./html.ts";

const dayFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const momentFormat = new Intl.DateTimeFormat("en-US", {
  month: "short",
  day: "numeric",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/** "Mar 1, 2026": the day, in universal time as everything here. */
export const showDay = (date: Date): Html =>
  html`<time datetime="${date.toISOString()}">${dayFormat.format(date)}</time>`;

/** "Mar 1, 2026, 02:00". */
export const showMoment = (date: Date): Html =>
  html`<time datetime="${date.toISOString()}" title="Universal time (UTC)">${momentFormat.format(date)}</time>`;

const monthFormat = new Intl.DateTimeFormat("en-US", {
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A date as precise as it was told: "2026", "Mar 2026" or "Mar 1, 2026". */
export function showPartial(date: PartialDate): Html {
  const day = new Date(date);
  const text = date.length === 4 ? date : (date.length === 7 ? monthFormat : dayFormat).format(day);
  return html`<time datetime="${date}">${text}</time>`;
}

/** "3 hours ago" or "in 5 hours", with the moment itself on hover. */
export const showAge = (date: Date, now: Date): Html =>
  html`<time datetime="${date.toISOString()}" title="${momentFormat.format(date)} UTC">${ageOf(date, now)}</time>`;

/** How long before (or after) now a moment lies, in the largest unit that fits. */
export function ageOf(date: Date, now: Date): string {
  const minutes = Math.round((now.getTime() - date.getTime()) / 60_000);
  const size = Math.abs(minutes);
  if (size < 1) return "just now";
  const [count, unit] =
    size < 60
      ? [size, "minute"]
      : size < 48 * 60
        ? [Math.round(size / 60), "hour"]
        : [Math.round(size / 1440), "day"];
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return minutes > 0 ? `${words} ago` : `in ${words}`;
}

/** "1 page", "1,204 pages". */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
