import { expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { wordsOf } from "../values/finding.ts";
import { linkedIn, visited } from "./linked.ts";

const isElsewhere = (href: string) => href.startsWith("http");

const blocksOf = (html: string) => parsePage("http://a.example/", html).blocks;

/** The efforts that a paragraph names by links, `[…]` around each link. */
const check = (paragraph: string, names: string[]) =>
  test(paragraph, () => {
    const html = `<p>${paragraph.replace(/\[([^\]]+)\]/g, '<a href="https://b.example/$1">$1</a>')}</p>`;
    expect(linkedIn(blocksOf(html)[0]!, isElsewhere).map(({ name }) => wordsOf(name))).toEqual(
      names,
    );
  });

check("Ask at the [Harbor Path] program about it.", ["Harbor Path"]);
check(
  "Help comes through the [Harbor Path (HP)], Rowan [File-Aide], and [Second Start (SS)] programs.",
  ["Harbor Path (HP)", "Rowan File-Aide", "Second Start (SS)"],
);
check("Ask the [Harbor Path] program director about it.", []);
check("Our initiatives include [Second Start].", ["Second Start"]);
check("An example of our work on the coast is the [Tidewater Compass].", ["Tidewater Compass"]);
check("Social platforms like [Harbor Chat] made it possible.", []);
check("[Lantern Path], a statewide network of colleges, opens in May.", ["Lantern Path"]);
check("[Brightware Suite], a platform for everybody, opens in May.", []);
check("We also run [Lantern Path]. Through this program, adults finish school.", ["Lantern Path"]);
check("We also read [Lantern Path]. Through its pages, adults learn.", []);
check("You can prepare your return for free through [HarborFile].", ["HarborFile"]);
check("You can buy the paper through [HarborFile].", []);
check("Students apply for free training with the [Harbor Training Guide] program.", []);
check("More about it in the [Rowan Foundation] initiative.", []);

/** What a button leads to, beside a paragraph. */
const checkButton = (button: string, paragraph: string, name: string | undefined) =>
  test(`“${button}” beside “${paragraph}”`, () => {
    const [prose, link] = blocksOf(
      `<p>${paragraph}</p><p><a href="https://b.example/">${button}</a></p>`,
    );
    const found = visited(link!, [prose!, link!], isElsewhere);
    expect(found && wordsOf(found.name)).toBe(name);
  });

checkButton("Visit Harbor Hands", "Harbor Hands is home to 900 volunteers.", "Harbor Hands");
checkButton("Visit Harbor Hands", "A page of Harbor Hands says so.", undefined);
checkButton("Visit Harbor Museum", "Harbor Museum is open on Monday.", undefined);
checkButton("Visit us", "We are home to 900 volunteers.", undefined);
