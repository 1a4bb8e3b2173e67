import { buildGazetteer } from "@waymark/normalize";
import { expect, test } from "vitest";
import { whole } from "./finding.ts";
import { splitOrganizations } from "./organization-list.ts";

const gazetteer = buildGazetteer([
  { name: "Verdant", aliases: [] },
  { name: "Board of Bread, Salt and Water", aliases: [] },
]);

const check = (text: string, ...names: string[]) =>
  test(text, () => {
    const of = {
      text,
      segments: [{ at: 0, length: text.length, source: 0, sourceLength: text.length }],
    };
    expect(splitOrganizations(whole(of), gazetteer).map(({ name }) => name)).toEqual(names);
  });

check("Pine College, Office of Study and Verdant", "Pine College", "Office of Study", "Verdant");
check("Pine College; Oak Trust; Elm Guild", "Pine College", "Oak Trust", "Elm Guild");
check("Pine College \u00b7 Oak Trust", "Pine College", "Oak Trust");
check("Bright Lakes, Inc.", "Bright Lakes, Inc.");
check("Institute of Study and Verdant", "Institute of Study", "Verdant");
check("Council for Adult and Evening Learning", "Council for Adult and Evening Learning");
check("Michael and Susan Rowan Foundation", "Michael and Susan Rowan Foundation");
check("Board of Bread, Salt and Water, Oak Trust", "Board of Bread, Salt and Water", "Oak Trust");
check("the Oak Trust and others", "Oak Trust");
check("many hands in many places");
check("U.S. Department of Study; St. Mary College", "U.S. Department of Study", "St. Mary College");
check("Learning@Work", "Learning@Work");
check("Ann Wu, ann@oak.example", "Ann Wu");
check("National Society of Clerks (NSC)", "National Society of Clerks");
check("Pine College * Oak Trust * Elm Guild", "Pine College", "Oak Trust", "Elm Guild");
check("Oak Trust; July 13, 2026; 2026-07-13", "Oak Trust");
check("Oak Trust; (555) 010-0199; Ohio; Contact us", "Oak Trust");
check("State of Ohio; Oak Trust", "State of Ohio", "Oak Trust");
