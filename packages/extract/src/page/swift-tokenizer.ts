import { Tokenizer } from "htmlparser2";

/**
 * The parser's tokenizer with its most frequent steps made longer: to the next mark of a text, comment, script or
 * quoted value the platform looks, many characters at once, and a name is passed as a whole. Everything else is as it
 * was, and so is what comes out.
 */
export class SwiftTokenizer extends Tokenizer {}

/** What the parser's tokenizer keeps to itself, of version 12. */
type Inside = {
  readonly buffer: string;
  /** How much came before the buffer; the index counts from there. */
  readonly offset: number;
  index: number;
  fastForwardTo: (this: Inside, mark: number) => boolean;
} & { [State in (typeof statesOfNames)[number]]: (this: Inside, code: number) => void };

const statesOfNames = ["stateInTagName", "stateInClosingTagName", "stateInAttributeName"] as const;

const steps = SwiftTokenizer.prototype as unknown as Inside;

steps.fastForwardTo = function (mark) {
  const { buffer, offset } = this;
  const at = buffer.indexOf(String.fromCharCode(mark), this.index - offset + 1);
  this.index = offset + (at < 0 ? buffer.length - 1 : at);
  return at >= 0;
};

for (const state of statesOfNames) {
  const step = steps[state];
  steps[state] = function (code) {
    if (isOfName(code)) passName(this);
    else step.call(this, code);
  };
}

/** Goes on to the last of the characters that a name is made of. */
function passName(tokenizer: Inside): void {
  const { buffer, offset } = tokenizer;
  let at = tokenizer.index - offset + 1;
  while (isOfName(buffer.charCodeAt(at))) at++;
  tokenizer.index = offset + at - 1;
}

/** Letters, digits and the hyphen, which end nothing. */
const isOfName = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  code === 45 ||
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90);
