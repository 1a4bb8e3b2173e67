import { matchesOf } from "./matches.ts";

/** A sum in a text, in whole units of its currency. */
export type FoundMoney = {
  amount: number;
  /** The larger end of "$2–3 million"; `amount` is then the smaller one. */
  amountMax?: number;
  currency: string;
  /** The time in which the sum is paid once: "$50,000 a year". */
  per?: "year" | "month" | "week" | "hour";
  start: number;
  end: number;
  quote: string;
};

/**
 * Sums of money: "$1.2 million", "$850,000", "2 million dollars", "US$ 3M", "$2–3 million", "€40,000 a year".
 * A bare dollar is the United States' own.
 */
export function findMoney(text: string): FoundMoney[] {
  if (!currencySign.test(text)) return [];
  return matchesOf(text, sums).map(({ 0: quote, index: start, groups = {} }) => {
    const { sign, low, lowUnit, high, highUnit, wordSum, wordUnit, word, per } = groups;
    const unit = (lowUnit ?? wordUnit ?? "").toLowerCase();
    const told = high === undefined ? undefined : amountOf(high, highUnit ?? "");
    const first = low ?? wordSum ?? "0";
    // "$2–3 million": the unit is told once for both.
    const isShared =
      unit === "" && highUnit !== undefined && numberOf(first) < numberOf(high ?? "0");
    const amount = amountOf(first, isShared ? highUnit : unit);
    const time = per && times[per.toLowerCase().replace(/^[\s/]+/, "")];
    return {
      amount,
      ...(told !== undefined && told > amount && { amountMax: told }),
      currency: currencies[(sign ?? word ?? "$").toUpperCase()] ?? "USD",
      ...(time && { per: time }),
      start,
      end: start + quote.length,
      quote,
    };
  });
}

const number = String.raw`(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?`;
const unit = String.raw`(?:thousand|million|billion|trillion|[kmb](?:n|ln|il)?|mm)(?![\p{L}\p{N}])`;
const sign = String.raw`(?:US\s?\$|CA\s?\$|C\$|A\$|AU\$|\$|\u20ac|\u00a3|(?<![\p{L}])(?:USD|CAD|AUD|EUR|GBP)(?![\p{L}]))`;
const per = String.raw`(?<per>\s*(?:\/|per|an?|each|every)\s*(?:year|yr|annum|month|week|hour|hr)(?![\p{L}])|\s+(?:annually|yearly|monthly|weekly|hourly)(?![\p{L}]))`;

const sums = new RegExp(
  String.raw`(?:(?<sign>${sign})\s?(?<low>${number})(?:[\s-]?(?<lowUnit>${unit}))?(?:\s?(?:[\u2013\u2014-]|to|(?<=\bbetween\s[^;]{1,40})and)\s?${sign}?\s?(?<high>${number})(?![\d,]*%)(?:[\s-]?(?<highUnit>${unit}))?)?|(?<wordSum>${number})(?:[\s-](?<wordUnit>${unit}))?\s(?<word>dollars|euros|pounds|USD|CAD|EUR|GBP)(?![\p{L}]))${per}?`,
  "giu",
);

/** Without one of these there is no sum; numbers are many. */
const currencySign = /[$\u20ac\u00a3]|dollars|euros|pounds|USD|CAD|AUD|EUR|GBP/i;

const scale: Readonly<Record<string, number>> = {
  ...{ thousand: 1e3, k: 1e3, million: 1e6, m: 1e6, mm: 1e6, mln: 1e6, mil: 1e6, mn: 1e6 },
  ...{ billion: 1e9, b: 1e9, bn: 1e9, bln: 1e9, bil: 1e9, trillion: 1e12 },
};

const currencies: Readonly<Record<string, string>> = {
  ...{ $: "USD", US$: "USD", "US $": "USD", USD: "USD", DOLLARS: "USD" },
  ...{ CA$: "CAD", "CA $": "CAD", C$: "CAD", CAD: "CAD", A$: "AUD", AU$: "AUD", AUD: "AUD" },
  ...{ "\u20ac": "EUR", EUR: "EUR", EUROS: "EUR", "\u00a3": "GBP", GBP: "GBP", POUNDS: "GBP" },
};

const times: Readonly<Record<string, FoundMoney["per"]>> = Object.fromEntries(
  (
    [
      ["year", "year yr annum annually yearly"],
      ["month", "month monthly"],
      ["week", "week weekly"],
      ["hour", "hour hr hourly"],
    ] as const
  ).flatMap(([time, words]) =>
    words
      .split(" ")
      .flatMap((word) =>
        ["", "per ", "a ", "an ", "each ", "every "].map((before) => [before + word, time]),
      ),
  ),
);

const numberOf = (written: string): number => Number(written.replaceAll(",", ""));

const amountOf = (written: string, unit: string): number =>
  Math.round(numberOf(written) * (scale[unit.toLowerCase()] ?? 1));
