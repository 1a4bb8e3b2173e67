import { expect, test } from "vitest";
import { findPlaces } from "./countries.ts";

const check = (text: string, ...codes: string[]) =>
  test(text, () => {
    const found = findPlaces(text);
    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const { start, end, quote } of found) expect(text.slice(start, end)).toBe(quote);
  });

check("in Ohio, Canada and the Netherlands", "OH", "Canada", "Netherlands");
check("England, Scotland and the U.K.", "United Kingdom", "United Kingdom", "United Kingdom");
check("New Mexico", "NM");
check("Mexico and Texas", "Mexico", "TX");
check("Mexico, MO", "MO");
check("Peru, Indiana", "IN");
check("Peru and Chile", "Peru", "Chile");
check("Jordan says that Chad works");
check("the Republic of Georgia", "Georgia");
check("Armenia and Georgia", "Armenia", "Georgia");
check("Atlanta, Georgia", "GA");
check("Mexico City and the Bank of Canada");
check("Indiana, not India", "IN", "India");
check("Guinea pigs of china and turkey");
check("United States");
