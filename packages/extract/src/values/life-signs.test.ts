import { expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { findSigns } from "./life-signs.ts";

const subject = { names: ["Quiet Harbor Network", "QHN"] };

const check = (html: string, ...signs: string[]) =>
  test(html, () => {
    const { blocks } = parsePage("http://a.example/", html);
    const told = findSigns(blocks, subject).map(({ sign }) =>
      [sign.kind, sign.on, sign.successor].filter((one) => one !== undefined).join(" "),
    );
    expect(told).toEqual(signs);
  });

check("<p>The Quiet Harbor Network concluded its work in May 2025.</p>", "ended 2025-05");
check("<p>QHN has ceased operations.</p>", "ended");
check("<p>In 2024 the network was discontinued.</p>", "ended 2024");
check(
  "<p>As of June 2025, Quiet Harbor Network has been merged into River Youth Project.</p>",
  "merged 2025-06 River Youth Project",
);
check("<p>The network is now part of the River Youth Project.</p>", "merged River Youth Project");
check("<p>This site is an archive and is no longer updated.</p>", "archived");
check("<div role='alert'>These pages stay here for reference.</div>", "archived");
check("<p>The network will launch in September 2027.</p>", "planned");
check("<p>Quiet Harbor Network has not ended.</p>");
check("<p>Applications closed in March 2024.</p>");
check("<p>Registration for the Quiet Harbor Network meeting has closed.</p>");
check("<p>River Youth Project has ended.</p>");
check("<p>Its director, Ada Brink, has retired.</p>");
check("<p>The network should have ended long ago, some say.</p>");
check("<p>Browse the news archive.</p>");
check(
  "<p>From 2017 on, Quiet Harbor Network trained dock workers and placed them in jobs all year round.</p><p>The team published a guide for ports and left behind a set of course plans.</p>",
  "past-tense",
);
check(
  "<p>Quiet Harbor Network trains dock workers and places them in jobs all the year round.</p>",
);
check(
  "<p>Quiet Harbor Network launched this spring. The network will open in two more ports this fall.</p>",
);
