import { expect, test } from "vitest";
import { parseRobots, robotsVerdict } from "./robots.ts";

/**
 * What the reference implementation of robots.txt is tested on, its ideas in our own words. Each robots.txt comes
 * with questions: a crawler, a path and whether it may be asked for.
 */
const cases: { idea: string; robots: string; agent: string; path: string; allowed: boolean }[] = [];
function reads(idea: string, robots: string, questions: Record<string, boolean>): void {
  for (const [question, allowed] of Object.entries(questions)) {
    const [agent, path] = question.split(/ (.*)/) as [string, string];
    cases.push({ idea, robots, agent, path, allowed });
  }
}

reads("nothing is forbidden where nothing is said", "", {
  "Heron /": true,
  "Heron /pond/reed": true,
});
const closed = "user-agent: Heron\ndisallow: /\n";
reads("what is no address counts as the home page", closed, { "Heron ": false });
reads("a crawler without a name is none of those named", closed, { " /pond": true });
reads("a group speaks to its crawler", closed, { "Heron /pond/reed": false, "Stork /pond": true });
reads("unknown words are no rules", "bird: Heron\nkeepout: /\n", { "Heron /pond": true });
// RFC 9309 §2.2.4 leaves room for what is meant; forbidding that forgot its colon is still forbidding.
reads("colons forgotten", "user-agent Heron\ndisallow /\n", { "Heron /pond": false });

const groups = [
  "allow: /shed/",
  "",
  "user-agent: Heron",
  "disallow: /",
  "allow: /pond/",
  "user-agent: Stork",
  "disallow: /",
  "allow: /roof/",
  "",
  "",
  "allow: /barn/",
  "user-agent: Crane",
  "",
  "user-agent: Heron",
  "allow: /marsh/",
  "disallow: /",
  "",
].join("\n");
reads("groups: by rule ended, by blank lines not, of one name merged, none before a name", groups, {
  "Heron /pond/a": true,
  "Heron /marsh/a": true,
  "Heron /roof/a": false,
  "Heron /shed/a": false,
  "Stork /roof/a": true,
  "Stork /barn/a": true,
  "Stork /marsh/a": false,
  "Stork /shed/a": false,
  "Crane /marsh/a": true,
  "Crane /pond/a": false,
  "Crane /shed/a": false,
});
for (const line of ["Sitemap: https://example.org/all.xml", "Weather: fine"]) {
  reads(
    `"${line}" does not end a list of names`,
    `User-agent: Stork\n${line}\nUser-agent: *\nDisallow: /\n`,
    { "Stork /": false, "Heron /": false },
  );
}
for (const [agent, allow, disallow] of [
  ["USER-AGENT", "ALLOW", "DISALLOW"],
  ["user-agent", "allow", "disallow"],
  ["uSeR-aGeNt", "aLLoW", "dIsAlLoW"],
]) {
  reads(`${agent} in any case`, `${agent}: Heron\n${allow}: /pond/\n${disallow}: /\n`, {
    "Heron /pond/a": true,
    "Heron /roof": false,
  });
}
for (const name of ["GREY HERON", "grey heron", "gReY hErOn"]) {
  reads(`"${name}" names by its first word`, `User-Agent: ${name}\nAllow: /pond/\nDisallow: /\n`, {
    "Grey /pond/a": true,
    "Grey /roof": false,
    "grey /pond/a": true,
    "grey /roof": false,
  });
}
const byFirstWord =
  "User-Agent: *\nDisallow: /\nUser-Agent: Grey Heron\nAllow: /pond/\nDisallow: /\n";
reads("a name ends at its first space", byFirstWord, {
  "Grey /pond/a": true,
  "Heron /pond/a": false,
});
test("a token of two words is no product token, so it is one of everybody", () => {
  const url = "http://example.org/pond/a";
  expect(robotsVerdict(parseRobots(byFirstWord), "Grey Heron", url).allowed).toBe(false);
});

reads(
  "everybody's group is for those without their own",
  "user-agent: *\nallow: /\nuser-agent: Heron\ndisallow: /\n",
  {
    "Heron /pond": false,
    "Stork /pond": true,
  },
);
reads(
  "no group for it, none for everybody",
  "user-agent: Heron\nallow: /\nuser-agent: Stork\ndisallow: /\nuser-agent: Crane\ndisallow: /\n",
  {
    "Egret /pond": true,
  },
);
reads(
  "one's own group is all that counts",
  "User-agent: *\nDisallow: /roof/\nUser-agent: Heron\nDisallow: /pond/\n",
  {
    "Heron /roof/a": true,
    "Heron /pond/a": false,
  },
);
reads("paths keep their case", "user-agent: Heron\ndisallow: /Pond/\n", {
  "Heron /Pond/a": false,
  "Heron /pond/a": true,
});

const rules = (...lines: string[]): string => `user-agent: Heron\n${lines.join("\n")}\n`;
reads("the longer rule", rules("disallow: /pond/map.html", "allow: /pond/"), {
  "Heron /pond/map.html": false,
  "Heron /pond/": true,
});
reads("the longer rule", rules("allow: /pond/map.html", "disallow: /pond/"), {
  "Heron /pond/map.html": true,
  "Heron /pond/": false,
});
reads("rules without a path", rules("disallow:", "allow:"), { "Heron /pond/": true });
reads("a tie", rules("disallow: /", "allow: /"), { "Heron /pond/": true });
reads("a tie", rules("disallow: /pond.html", "allow: /pond.html"), { "Heron /pond.html": true });
reads("a tie", rules("allow: /shed", "disallow: /shed"), { "Heron /shed/spade": true });
reads("the folder and its name", rules("disallow: /pond", "allow: /pond/"), {
  "Heron /pond": false,
  "Heron /pond/": true,
});
reads("a star counts as one character", rules("allow: /map", "disallow: /*.html"), {
  "Heron /map.html": false,
  "Heron /map": true,
});
reads("a star counts as one character", rules("allow: /pond/map.", "disallow: /*.html"), {
  "Heron /pond/map.html": true,
  "Heron /pond/reed.html": false,
});

const only = (path: string): string => rules("disallow: /", `allow: ${path}`);
reads("a query as it is", only("/go?to=up&by=http://example.org?a&b"), {
  "Heron /go?to=up&by=http://example.org?a&b": true,
  "Heron /go?to=down": false,
});
reads("outside ASCII, plain or encoded", only("/pond/鷺"), { "Heron /pond/%E9%B7%BA": true });
reads("outside ASCII, plain or encoded", only("/pond/%E9%B7%BA"), {
  "Heron /pond/%E9%B7%BA": true,
});
reads("letters encoded needlessly", only("/pond/%65%67%67"), { "Heron /pond/%65%67%67": true });

reads("a star in the middle", rules("disallow: /pond/mud/egg", "allow: /pond/*/nest"), {
  "Heron /pond/mud/egg": false,
  "Heron /pond/egg": true,
  "Heron /pond//egg": true,
  "Heron /pond/reed/egg": true,
});
reads("a dollar at the end", rules("disallow: /pond/mud$", "allow: /pond/mud/nest"), {
  "Heron /pond/mud": false,
  "Heron /pond/mud/nest": true,
  "Heron /pond/mud/": true,
  "Heron /pond/mud/egg": true,
});
reads("remarks", rules("# disallow: /", "disallow: /egg#nest", "allow: /"), {
  "Heron /pond": true,
  "Heron /egg": false,
});

for (const path of ["/eel", "/eel*"]) {
  reads(`"${path}" is a beginning`, only(path), {
    "Heron /bar": false,
    "Heron /eel": true,
    "Heron /eel.html": true,
    "Heron /eel/smoked.html": true,
    "Heron /eelgrass/tall.html": true,
    "Heron /eel.html?id=7": true,
    "Heron /Eel.html": false,
    "Heron /conger-eel": false,
    "Heron /?id=eel": false,
  });
}
reads("a folder is not its name", only("/eel/"), {
  "Heron /eel/": true,
  "Heron /eel/?id=7": true,
  "Heron /eel/smoked.html": true,
  "Heron /eel": false,
  "Heron /eel.html": false,
  "Heron /Eel/Smoked.html": false,
});
reads("a star first", only("/*.cgi"), {
  "Heron /list.cgi": true,
  "Heron /a/list.cgi?page=2": true,
  "Heron //a/list.cgi.old.html": true,
  "Heron /list.cgi/": true,
  "Heron /list?from=a.cgi/": true,
  "Heron /cgi/": false,
  "Heron /list?cgi": false,
  "Heron /LIST.CGI": false,
});
reads("a star first, a dollar last", only("/*.cgi$"), {
  "Heron /a/list.cgi": true,
  "Heron /list.cgi?page=2": false,
  "Heron /list.cgi/": false,
  "Heron /list.cgi5": false,
  "Heron /acgia": false,
  "Heron /LIST.CGI": false,
});
reads("a star between", only("/eel*.cgi"), {
  "Heron /eel.cgi": true,
  "Heron /eelgrass/list.cgi?page=2": true,
  "Heron /Eel.CGI": false,
});
reads("a beginning against everything", rules("allow: /p", "disallow: /"), { "Heron /pond": true });
reads("the home page alone", rules("allow: /$", "disallow: /"), {
  "Heron /": true,
  "Heron /pond.html": false,
});

/*
 * Where we differ from the reference implementation, all by the letter of RFC 9309:
 *
 * §2.2.2 has rules and addresses brought to one form before they are compared: what is outside ASCII encoded,
 * what was encoded needlessly decoded. The reference expects its callers to have done that to the address, and its
 * tests show what happens to those who have not. Ours does it for both.
 */
reads("§2.2.2: an address that is not encoded is compared encoded", only("/pond/鷺"), {
  "Heron /pond/鷺": true,
});
reads("§2.2.2: an address that is not encoded is compared encoded", only("/pond/%E9%B7%BA"), {
  "Heron /pond/鷺": true,
});
reads("§2.2.2: letters encoded needlessly are compared decoded", only("/pond/%65%67%67"), {
  "Heron /pond/egg": true,
});
reads("§2.2.2: letters encoded needlessly are compared decoded", rules("disallow: /pond/egg"), {
  "Heron /pond/%65%67%67": false,
});
/* §2.2.2, its second example: `:` and `/` within a query are compared encoded. In a path they stay apart. */
for (const rule of ["/go?to=http://example.org", "/go?to=http%3A%2F%2Fexample.org"]) {
  reads(`§2.2.2: "${rule}" by either spelling`, rules(`disallow: ${rule}`), {
    "Heron /go?to=http://example.org": false,
    "Heron /go?to=http%3A%2F%2Fexample.org": false,
    "Heron /go?to=http%3a%2f%2fexample.org/a": false,
    "Heron /go?to=example.org": true,
  });
}
reads("a star reaches into a query", rules("disallow: /*://"), {
  "Heron /go?to=http://example.org": false,
  "Heron /go?to=http%3A%2F%2Fexample.org": true,
});
reads("in a path an encoded slash is another character", rules("disallow: /pond%2Fegg"), {
  "Heron /pond%2fegg": false,
  "Heron /pond/egg": true,
});
/*
 * GoogleOnly_IndexHTMLisDirectory: there a rule for `/folder/index.html` speaks for `/folder/` as well. §2.2.2
 * knows no file names: a rule is the beginning of a path, octet by octet, and the site that allows one page and
 * forbids the rest has forbidden the folder.
 */
reads(
  "§2.2.2: index.html is a page as any other",
  rules("allow: /pond/index.html", "disallow: /"),
  {
    "Heron /pond/": false,
    "Heron /pond/index.htm": false,
    "Heron /pond/index.html": true,
    "Heron /roof": false,
  },
);
/*
 * GoogleOnly_LineTooLong: there what a line holds beyond some 16 KiB is dropped. §2.5 sets a limit to the whole file
 * only, so a rule of any length within it counts.
 */
const far = `/pond/${"a".repeat(20_000)}`;
reads("§2.5: a long line counts whole", rules(`disallow: ${far}/egg`), {
  [`Heron ${far}/nest`]: true,
  [`Heron ${far}/egg`]: false,
});

test.for(cases.map((each) => ({ ...each, shown: `${each.agent} ${each.path.slice(0, 40)}` })))(
  "$idea: $shown → $allowed",
  ({ robots, agent, path, allowed }) => {
    const url = path && `http://example.org${path}`;
    expect(robotsVerdict(parseRobots(robots), agent, url).allowed).toBe(allowed);
  },
);

test("at least 60 cases", () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
});
