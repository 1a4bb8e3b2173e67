import { matchesOf } from "./matches.ts";
import {
  type FoundState,
  findStates,
  isSecondWord,
  isTheCountry,
  mayFollow,
  namedAfter,
} from "./states.ts";

/** Nations under the names that pages give them, by the name we keep; the United States are told by their states. */
const namesByCountry: Readonly<Record<string, readonly string[]>> = {
  ...{ "United Kingdom": ["U.K.", "UK", "Great Britain", "England", "Scotland", "Wales"] },
  ...{
    "South Korea": ["Republic of Korea"],
    Czechia: ["Czech Republic"],
    Turkey: ["T\u00fcrkiye"],
  },
  ...{ "United Arab Emirates": ["UAE"], "C\u00f4te d'Ivoire": ["Ivory Coast"], Myanmar: ["Burma"] },
};

const plainNames =
  "Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia and Herzegovina|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Chad|Chile|China|Colombia|Costa Rica|Croatia|Cuba|Cyprus|Denmark|Dominican Republic|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|Greece|Grenada|Guatemala|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Nigeria|Niger|North Korea|North Macedonia|Norway|Oman|Pakistan|Palau|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkmenistan|Uganda|Ukraine|Uruguay|Uzbekistan|Vanuatu|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe".split(
    "|",
  );

const countryByName = new Map<string, string>([
  ...plainNames.map((name) => [name, name] as const),
  ...Object.entries(namesByCountry).flatMap(([country, names]) =>
    [country, ...names].map((name) => [name, country] as const),
  ),
]);

/** Names that people, towns and birds bear too: only beside another nation are they one. */
const ambiguous =
  /^(?:Chad|Jordan|Georgia|Grenada|Lebanon|Peru|Cuba|Panama|Niger|Mali|Turkey|Jamaica|Wales)$/;

const countryPattern = new RegExp(
  String.raw`(?<![\p{L}\p{N}.-])(?:${[...countryByName.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(".", "\\."))
    .join("|")})(?![\p{L}\p{N}])`,
  "gu",
);

/**
 * Places in a text: states and territories by their codes, other nations by their names (as `code` too, since
 * that is the value). A town called Peru and a person called Jordan are no nations.
 */
export function findPlaces(text: string): FoundState[] {
  const states = findStates(text);
  const countries = findCountries(text).filter(
    ({ start, end }) => !states.some((state) => start < state.end && end > state.start),
  );
  return [...states, ...countries].sort((a, b) => a.start - b.start);
}

function findCountries(text: string): FoundState[] {
  const found = matchesOf(text, countryPattern).flatMap((match): FoundState[] => {
    const [quote] = match;
    const start = match.index;
    const end = start + quote.length;
    const before = text
      .slice(Math.max(0, start - 40), start)
      .replace(/\b(?:The|Republic of) $/, "");
    const after = text.slice(end, end + 40);
    if (namedAfter.test(before) || isSecondWord(before, false) || !mayFollow.test(after)) return [];
    // "Peru, Indiana", "Mexico, MO": towns.
    if (
      /^,? (?:\p{Lu}\p{Ll}+|[A-Z]{2})\b/u.test(after) &&
      findStates(`${quote}${after}`).length > 0
    )
      return /^, [A-Z]{2}\b/.test(after) || ambiguous.test(quote) ? [] : [placed(quote, start)];
    return [placed(quote, start)];
  });
  return found.filter(({ quote, start, end }) =>
    quote === "Georgia"
      ? isTheCountry(text, start, end)
      : !ambiguous.test(quote) || found.some((other) => !ambiguous.test(other.quote)),
  );
}

const placed = (quote: string, start: number): FoundState => ({
  ...{ code: countryByName.get(quote)!, start, end: start + quote.length, quote },
});
