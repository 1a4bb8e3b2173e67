import { emptyKnowledge, type Field, type FieldValue } from "@waymark/domain";
import { expect, test } from "vitest";
import { sameValue } from "./same-value.ts";

const knowledge = {
  ...emptyKnowledge,
  organizations: [{ name: "Alder College", aliases: ["Alder State Teachers School"] }],
};
const same = (field: Field, one: FieldValue, other: FieldValue) =>
  test(`${field}: ${one} is ${other}`, () => {
    expect(sameValue(field, one, other, knowledge)).toBe(true);
    expect(sameValue(field, other, one, knowledge)).toBe(true);
  });
const differs = (field: Field, one: FieldValue, other: FieldValue) =>
  test(`${field}: ${one} is not ${other}`, () => {
    expect(sameValue(field, one, other, knowledge)).toBe(false);
    expect(sameValue(field, other, one, knowledge)).toBe(false);
  });

same("name", "Skills & Work", "The skills and work");
same("name", "Skills River (SR)", "Skills River");
same("name", "Skills River Initiative", "Skills River");
same("name", "Skills River – Alder College", "Skills River");
same("name", "Río de Talentos", "Rio de Talentos");
differs("name", "Skills River Program", "Skills River Project");
differs("name", "Skills River", "Skills River Forward");
differs("name", "Skills River Phase 2", "Skills River");
same("url", "https://www.a.org/x/", "http://a.org/x#top");
same("url", "http://a.org:80/x/index.html", "http://a.org/x");
differs("url", "http://a.org/x", "http://a.org/y");
differs("url", "http://a.org/?id=1", "http://a.org/?id=2");
same("leadOrganization", "The Birch Foundation, Inc.", "Birch Foundation");
same("leadOrganization", "NCS", "National Council of Smiths");
same("leadOrganization", "Alder State Teachers School", "Alder College");
differs("leadOrganization", "Birch Foundation", "Willow Foundation");
differs("leadOrganization", "ABC", "National Council of Smiths");
same("funders", ["B", "A"], ["a", "b"]);
differs("funders", ["A"], ["A", "B"]);
same("states", ["oh", "TX"], ["TX", "OH"]);
same("end", "2026", "2026-03");
differs("end", "2026-02", "2026-03");
same("acronym", null, null);
same("topics", [], null);
differs("end", null, "2026");
