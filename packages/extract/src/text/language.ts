import { franc } from "franc";
import type { Page } from "../page/page.ts";

/** The language of a page as it declares it, else as its words tell; two letters where known. */
export function languageOf(page: Page, text: string): string | undefined {
  const declared = page.head.language ?? page.head.meta.get("content-language")?.value;
  const code = /^[a-z]{2,3}(?=[-_]|$)/i.exec(declared?.trim() ?? "")?.[0];
  if (code) return code.toLowerCase();
  if (text.length < 200) return undefined;
  return shortCodes[franc(text.slice(0, 1500), { only: Object.keys(shortCodes) })];
}

const shortCodes: Readonly<Record<string, string>> = {
  eng: "en",
  spa: "es",
  fra: "fr",
  deu: "de",
  por: "pt",
  ita: "it",
  nld: "nl",
  zho: "zh",
  cmn: "zh",
  jpn: "ja",
  kor: "ko",
  rus: "ru",
  arb: "ar",
  vie: "vi",
};
