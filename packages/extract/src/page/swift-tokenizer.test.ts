import { Parser, type Tokenizer } from "htmlparser2";
import { expect, test } from "vitest";
import { SwiftTokenizer } from "./swift-tokenizer.ts";

/** All that a parser tells of a source, with where it stands. */
function eventsOf(source: string, tokenizer?: typeof Tokenizer): unknown[] {
  const events: unknown[] = [];
  const parser: Parser = new Parser(
    {
      onopentag: (name, attribs) => tell("open", name, { ...attribs }),
      onattribute: (name, value, quote) => tell("attribute", name, value, quote),
      onclosetag: (name, isImplied) => tell("close", name, isImplied),
      ontext: (text) => tell("text", text),
      oncomment: (text) => tell("comment", text),
      onprocessinginstruction: (name, text) => tell("instruction", name, text),
    },
    { decodeEntities: false, ...(tokenizer && { Tokenizer: tokenizer }) },
  );
  const tell = (...event: unknown[]) => events.push([parser.startIndex, parser.endIndex, ...event]);
  parser.end(source);
  return events;
}

const pieces = [
  ..."< > / = ' \" - ! ? & ; # \n \t".split(" "),
  ...[
    " ",
    "a",
    "Div",
    "p",
    "data-x",
    "x1",
    "é",
    "\u2028",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
  ],
  ...[
    "<script>",
    "</script",
    "<style>",
    "</STYLE>",
    "<title>",
    "</title>",
    "<textarea>",
    "<plaintext>",
  ],
  ...["<svg>", "<path d=M0/>", "</svg>", "<a href='x", '<b class="y z"', "<br/>", "</p>", "&amp;"],
];

test("what it tells of any source is what the parser's own tokenizer tells", () => {
  let state = 1;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 3000; round++) {
    const source = Array.from({ length: 1 + draw(30) }, () => pieces[draw(pieces.length)]).join("");
    expect(eventsOf(source, SwiftTokenizer), JSON.stringify(source)).toEqual(eventsOf(source));
  }
});
