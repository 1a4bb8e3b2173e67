/** A sum in a text, in whole units of its currency. */
export type FoundMoney = {
  amount: number;
  currency: string;
  start: number;
  end: number;
  quote: string;
};

const sums =
  /(US\$|CA\$|C\$|\$|\u20ac|\u00a3)\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?(thousand|million|billion|trillion|[kKmMbB](?:n|ln)?)\b)?|(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(thousand|million|billion)?\s(dollars|euros|pounds)\b/g;

const scale: Readonly<Record<string, number>> = {
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  m: 1e6,
  mln: 1e6,
  billion: 1e9,
  b: 1e9,
  bn: 1e9,
  bln: 1e9,
  trillion: 1e12,
};

const currencies: Readonly<Record<string, string>> = {
  $: "USD",
  US$: "USD",
  CA$: "CAD",
  C$: "CAD",
  "\u20ac": "EUR",
  "\u00a3": "GBP",
  dollars: "USD",
  euros: "EUR",
  pounds: "GBP",
};

/** Sums of money: "$1.2 million", "$850,000", "2 million dollars". */
export function findMoney(text: string): FoundMoney[] {
  return [...text.matchAll(sums)].map((match) => {
    const [quote, sign, whole, part, unit, wordWhole, wordPart, wordUnit, word] = match;
    const digits = `${(whole ?? wordWhole ?? "0").replaceAll(",", "")}${part ?? wordPart ?? ""}`;
    const factor = scale[(unit ?? wordUnit ?? "").toLowerCase()] ?? 1;
    return {
      amount: Math.round(Number(digits) * factor),
      currency: currencies[sign ?? word ?? "$"] ?? "USD",
      start: match.index,
      end: match.index + quote.length,
      quote,
    };
  });
}
