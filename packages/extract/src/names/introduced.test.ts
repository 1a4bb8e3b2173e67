import { expect, test } from "vitest";
import { mapSource } from "../page/quote.ts";
import { whole, wordsOf } from "../values/finding.ts";
import { introducedIn } from "./introduced.ts";

/** The name that a sentence introduces, or undefined where it introduces none. */
const check = (sentence: string, name: string | undefined) =>
  test(sentence, () => {
    const found = introducedIn(whole(mapSource(sentence, 0, sentence.length)));
    expect(found && wordsOf(found)).toBe(name);
  });

check(
  "The county offers an online filing system that lets you file at no cost called Harbor File.",
  "Harbor File",
);
check("It grew into a mentoring program called Second Start.", "Second Start");
check("The state now runs a fellowship known as the Tidewater Fellows.", "Tidewater Fellows");
check("It hired a program manager named Rosa Lind.", undefined);
check("It funded a project with a company called Brightware Systems.", undefined);
check("The harbor was called Old Port.", undefined);

check(
  "The port joined with the college to launch the “Welding Prize,” a competition to train builders.",
  "Welding Prize",
);
check(
  "Lantern Path, a statewide initiative to help adults finish school, opens in May.",
  "Lantern Path",
);
check("Brightware, a platform that sells badges, was founded in May.", undefined);
check("Rosa Lind, a program director of the college, retires.", undefined);
check("Rowan Foundation, a network of donors, paid for it.", undefined);

check(
  "The Harbor Tax Campaign’s volunteers will prepare your return for free.",
  "Harbor Tax Campaign",
);
check("The Program’s volunteers will prepare your return for free.", undefined);
check("The Harbor Bank’s tellers will prepare your return for free.", undefined);
