import { isTag } from "domhandler";
import { expect, test } from "vitest";
import { parseGuarded } from "./guarded-parse.ts";
import { classWords, isHidden, placeOf } from "./place.ts";

function tell(attributes: string) {
  const element = parseGuarded(`<div ${attributes}>x</div>`).root.children.find(isTag)!;
  return {
    place: placeOf(element, "main", { titled: new Set(), most: new Set() }),
    isHidden: isHidden(element, new Set()),
    words: classWords(element),
  };
}

test("class and id tell of a place together, the one named first in our list before any other", () => {
  expect(tell('class="grid siteFooter" id="cookie-note"').place).toBe("cookie");
  expect(tell('class="cookie-note" id="siteFooter"').place).toBe("cookie");
  expect(tell('class="site_footer" id="x7"').place).toBe("footer");
  expect(tell('id="main-nav"').place).toBe("navigation");
  // The words of two names are no phrase.
  expect(tell('class="comment list"').place).toBeUndefined();
  expect(tell('class="commentList"').place).toBe("comments");
  expect(tell('class="comment" id="list"').place).toBeUndefined();
});

test("what is hidden on every kind of screen is hidden, wherever its names say so", () => {
  expect(tell('class="hidden-desktop hidden-phone"').isHidden).toBe(true);
  expect(tell('class="hidden-desktop" id="hidden-mobile"').isHidden).toBe(true);
  expect(tell('class="hidden-desktop"').isHidden).toBe(false);
  expect(tell('class="sr-only"').isHidden).toBe(true);
});

test("names become words, and of very long ones the beginning counts", () => {
  expect(tell('class="siteHead  main_nav" id="top-bar"').words).toBe(
    " site head | main nav | top bar ",
  );
  expect(tell("").words).toBe("");
  expect(tell(`class="${"a".repeat(399)}" id="menu"`).place).toBeUndefined();
});
