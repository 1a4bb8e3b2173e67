import { type Day, dayOf, dayOfPair } from "./calendar-day.ts";
import { type Rule, viewName } from "./trap-rule.ts";

/** A calendar has a next month for ever: what is far from today is left alone, and so are its single days. */
export const calendar: Rule = ({ segments, parameters, now }) => {
  const isCalendar = segments.some((segment) => calendarWord.test(segment));
  const file =
    segments.find((one) => (isCalendar && calendarFile.test(one)) || /\.ics$/i.test(one)) ??
    parameters.find((one) => calendarFile.test(one.name) || calendarFile.test(one.value))?.name;
  if (file) return `calendar file: ${file.slice(0, 40)}`;

  const system = parameters.find(({ name }) => calendarSystem.test(name));
  if (system) return `calendar: ${system.name}=${system.value}`;

  const view = parameters.find(
    ({ name, value }) => viewName.test(name) && /^(day|week)$/i.test(value),
  );
  if (isCalendar && view) return `calendar: ${view.name}=${view.value}`;

  const isFar = isCalendar ? isFarInCalendar : isFarInArchive;
  const dated = parameters.filter(({ name }) => calendarName.test(name));
  for (const { name, value } of dated) {
    const day = dayOf(value) ?? dayOfPair(dated, name, value);
    if (day && isFar(day, now)) return `calendar: ${name}=${value}`;
    // Counted months, forth or back from today, instead of named ones.
    const most = /^(month|mo)$/i.test(name) ? 18 : 53;
    if (!day && /^(month|mo|week|day)$/i.test(name) && Math.abs(Number(value)) > most)
      return `calendar: ${name}=${value}`;
  }
  const path = isCalendar ? pathDay(segments) : undefined;
  return path && isFar(path.day, now) ? `calendar: ${path.written}` : undefined;
};

const calendarWord =
  /^(cal|calendars?|events?([-_]calendar)?|calendar[-_]of[-_]events|agenda|schedule|whats-?on|month|week|day|availability)$/i;
const calendarName =
  /^(month|year|date|day|week|yr|mo|cal\w*|start_?date|end_?date|tribe-bar-date|event-?date)$/i;
const calendarSystem = /^(tribe[-_]\w[\w-]*|eventdisplay|tribe_paged)$/i;
const calendarFile = /^(outlook-)?(ical|ics|icalendar|webcal)$/i;
const calendarView = /^(month|week|day|list|today|agenda)$/i;

/** Only where the path ends in the date: `/events/2019/annual-meeting` is a page about something. */
function pathDay(segments: string[]): { day: Day; written: string } | undefined {
  const named = calendarView.test(segments.at(-1) ?? "") ? segments.slice(0, -1) : segments;
  for (const length of [3, 2, 1]) {
    const written = named.slice(-length).join("-");
    const day = dayOf(written);
    if (day) return { day, written };
  }
  return undefined;
}

const monthsFrom = (day: Day, now: Date): number =>
  (day.year - now.getUTCFullYear()) * 12 + ((day.month ?? 1) - 1) - now.getUTCMonth();

/** Half a year of months each way, two of years; of days none, since their events have pages of their own. */
function isFarInCalendar(day: Day, now: Date): boolean {
  if (day.hasDay) return true;
  if (day.month === undefined) return Math.abs(day.year - now.getUTCFullYear()) > 2;
  return Math.abs(monthsFrom(day, now)) > 6;
}

/** Elsewhere a date leads into an archive of news or grants, which does end, though some years back. */
function isFarInArchive(day: Day, now: Date): boolean {
  if (day.month === undefined) {
    const years = day.year - now.getUTCFullYear();
    return years > 2 || years < -40;
  }
  const months = monthsFrom(day, now);
  return months > 6 || months < -60;
}
