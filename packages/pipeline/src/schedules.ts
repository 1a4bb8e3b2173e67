import type { Source } from "@waymark/domain";
import type { Bell } from "./bell.ts";

/*
 * Every schedule, all in view. They only ring: what is due stands in rows (`source.next_run_at`), so a
 * queue that forgets them is set right by the next worker that starts.
 */
export async function ringBySchedule(bell: Bell): Promise<void> {
  await bell.ringEvery("sweep", { everyMs: 60_000 });
  await bell.ringEvery("build-knowledge", { pattern: "30 1 * * *", timeZone: "America/New_York" });
  await bell.ringEvery("check-freshness", { pattern: "0 6 * * *", timeZone: "America/New_York" });
}

/** When a source's nightly run is due next: its `runAt` in its own time zone, after `now`. */
export function nextRunAt(source: Pick<Source, "runAt" | "timeZone">, now: Date): Date {
  const [hour, minute] = source.runAt.split(":").map(Number) as [number, number];
  for (let day = 0; day <= 2; day++) {
    const noon = new Date(now.getTime() + day * 86_400_000);
    const at = atLocalTime(noon, { hour, minute, timeZone: source.timeZone });
    if (at.getTime() > now.getTime()) return at;
  }
  return new Date(now.getTime() + 86_400_000);
}

/** The instant at which clocks of a time zone show a time on the day that they show at `instant`. */
function atLocalTime(
  instant: Date,
  { hour, minute, timeZone }: { hour: number; minute: number; timeZone: string },
): Date {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value);
  const asUtc = Date.UTC(part("year"), part("month") - 1, part("day"), hour, minute);
  // Twice, since the first guess may fall on the other side of a change to or from summer time.
  let at = asUtc - offsetMs(new Date(asUtc), timeZone);
  at = asUtc - offsetMs(new Date(at), timeZone);
  return new Date(at);
}

function offsetMs(instant: Date, timeZone: string): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(instant)
    .find((part) => part.type === "timeZoneName")!.value;
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  if (!match?.[1]) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -1 : 1) * minutes * 60_000;
}
