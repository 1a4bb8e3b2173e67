/** Dates as sitemaps (`2026-03-01`, with or without a time) and feeds (`Sun, 01 Mar 2026 …`) write them. */
export function dateOf(text: string | undefined): Date | undefined {
  const trimmed = text?.trim() ?? "";
  const iso =
    /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
      trimmed,
    );
  let time = Number.NaN;
  if (iso) {
    const [, day, clock, zone = "Z"] = iso;
    // Without a zone the machine's own would be taken, and every machine would read another day.
    time = Date.parse(
      clock ? `${day}T${clock}${zone.toUpperCase().replace(/(\d\d)(\d\d)$/, "$1:$2")}` : day!,
    );
  } else if (/^([a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4}/i.test(trimmed)) {
    time = Date.parse(/([A-Z]{2,4}|[+-]\d{4})$/.test(trimmed) ? trimmed : `${trimmed} GMT`);
  }
  return Number.isNaN(time) ? undefined : new Date(time);
}
