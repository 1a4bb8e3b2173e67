import { emptyKnowledge } from "@waymark/domain";
import { describe, expect, test } from "vitest";
import { parsePage } from "../page/page.ts";
import { contextOf } from "../page/site.ts";
import { readHistory } from "./history.ts";

const subject = { names: ["Quiet Harbor Network", "QHN"] };

/** "kind date (planned) role=name …" for every event of a paragraph on the effort's own site. */
const told = (sentence: string, news = false): string[] => {
  const page = parsePage("http://a.example/about", `<main><p>${sentence}</p></main>`);
  const announced = { kind: "published" as const, date: "2026-03-03", quote: "", start: 0, end: 0 };
  const history = readHistory(
    contextOf(page, emptyKnowledge),
    page.blocks,
    subject,
    news ? { news: { announced } } : {},
  );
  return history.events.map(({ kind, on, dated, planned, parties }) =>
    [
      kind,
      on && `${dated === "announced" ? "~" : ""}${on}`,
      planned && "planned",
      ...parties.map(({ role, name }) => `${role}=${name}`),
    ]
      .filter(Boolean)
      .join(" "),
  );
};

const check = (sentence: string, ...events: string[]) =>
  test(sentence, () => expect(told(sentence).join("; ")).toBe(events.join("; ")));

/** The same sentence in a release of 3 March 2026. */
const news = (sentence: string, ...events: string[]) =>
  test(`news: ${sentence}`, () => expect(told(sentence, true).join("; ")).toBe(events.join("; ")));

describe("launch", () => {
  check("The Quiet Harbor Network launched in 2019.", "launch 2019");
  check(
    "In May 2019, Quiet Harbor Network was launched by Pine College.",
    "launch 2019-05 by=Pine College",
  );
  check("In 2019 Pine College launched the Quiet Harbor Network.", "launch 2019 by=Pine College");
  check("Quiet Harbor Network (QHN) began in the fall of 2018 with five ports.", "launch 2018");
  check("The network was founded on March 4, 2020 to train dock workers.", "launch 2020-03-04");
  check("QHN was established in 2017 and has trained 900 workers.", "launch 2017");
  check("The initiative kicked off in January 2021.", "launch 2021-01");
  check("We started in 2016 as a small pilot.", "launch 2016");
  check("It opened its doors in September 2019.", "launch 2019-09");
  check(
    "Quiet Harbor Network, which was created by the Rowan Foundation in 2015, trains dock workers.",
    "launch 2015 by=Rowan Foundation",
  );
  check("Launched in 2019, QHN trains dock workers.", "launch 2019");
  check(
    "The Rowan Foundation unveiled the Quiet Harbor Network in June 2020.",
    "launch 2020-06 by=Rowan Foundation",
  );
  check("The network will launch in September 2027.", "launch 2027-09 planned");
  check(
    "Pine College plans to launch the Quiet Harbor Network in 2027.",
    "launch 2027 planned by=Pine College",
  );
  check("Quiet Harbor Network began with a simple worry.");
  check("Quiet Harbor Network has not launched.");
  check("QHN could launch in 2027.");
  check("If the network launches, ports will benefit.");
  check("Before QHN launched, nobody trained dock workers.");
  check("QHN launched a podcast in 2021.");
  check("QHN's director launched a firm in 2020.");
  check("Applications for the Quiet Harbor Network opened in March 2021.");
  check("Pine College launched in 1921.");
  check("QHN works with Pine College, which was founded in 1921.");
  check("Pine College launched the Quiet Harbor Network website in 2020.");
  check("QHN helps colleges to launch programs of their own.");
  check("The network did not begin in 2019.");
  check("Will the network launch in 2027?");
  news(
    "Pine College today announced the launch of the Quiet Harbor Network, a program for dock workers.",
    "launch ~2026-03-03 by=Pine College",
  );
  news("Pine College has launched the Quiet Harbor Network.", "launch ~2026-03-03 by=Pine College");
  news(
    "Pine College launches the Quiet Harbor Network to train dock workers.",
    "launch ~2026-03-03 by=Pine College",
  );
  news(
    "COLUMBUS, Ohio, March 2, 2026 – The Quiet Harbor Network launched with five ports.",
    "launch 2026-03-02",
  );
  news("The Quiet Harbor Network launched on Monday.", "launch ~2026-03");
  news("The Quiet Harbor Network launched last year.", "launch");
  news("It launched in 1990.");
});

describe("merger", () => {
  check(
    "In 2021, Quiet Harbor Network merged into the River Youth Project.",
    "merger 2021 successor=River Youth Project",
  );
  check(
    "QHN merged with River Youth Project in July 2022.",
    "merger 2022-07 successor=River Youth Project",
  );
  check(
    "The network was folded into the River Youth Project in 2020.",
    "merger 2020 successor=River Youth Project",
  );
  check(
    "QHN was absorbed by the Rowan Institute in 2019.",
    "merger 2019 successor=Rowan Institute",
  );
  check(
    "In June 2023 the Rowan Institute absorbed the Quiet Harbor Network.",
    "merger 2023-06 successor=Rowan Institute",
  );
  check(
    "Quiet Harbor Network is now part of the River Youth Project.",
    "merger successor=River Youth Project",
  );
  check(
    "The network became part of River Youth Project in 2024.",
    "merger 2024 successor=River Youth Project",
  );
  check(
    "QHN joined forces with River Youth Project in May 2020.",
    "merger 2020-05 successor=River Youth Project",
  );
  check(
    "The network has been integrated into the Rowan Institute.",
    "merger successor=Rowan Institute",
  );
  check("The Rowan Institute acquired QHN in 2018.", "merger 2018 successor=Rowan Institute");
  check(
    "QHN will merge into the River Youth Project in January 2027.",
    "merger 2027-01 planned successor=River Youth Project",
  );
  check("We merged with River Youth Project in 2022.", "merger 2022 successor=River Youth Project");
  check(
    "Launched in 2015, the network merged into River Youth Project in 2021.",
    "launch 2015",
    "merger 2021 successor=River Youth Project",
  );
  check("QHN plans to merge with River Youth Project.");
  check("QHN has not merged with River Youth Project.");
  check("The network may merge with River Youth Project in 2027.");
  check("Some hoped to see QHN merged with River Youth Project.");
  check("Pine College merged with Oak College in 2020.");
  check("QHN learned that Pine College merged with Oak College in 2020.");
  check("The network denied that it merged with River Youth Project.");
  check("If QHN merged with River Youth Project, staff would move.");
  check("Should QHN be merged into River Youth Project?");
  check("QHN merges theory with practice.");
  check("The courses were folded into the curriculum in 2020.");
  check("The merger of Pine College and Oak College took place in 2020.");
  news(
    "The Quiet Harbor Network has merged into the River Youth Project.",
    "merger ~2026-03-03 successor=River Youth Project",
  );
});

describe("rename", () => {
  check(
    "In 2021 the Quiet Harbor Network was renamed Open Harbor Alliance.",
    "rename 2021 former-name=Quiet Harbor Network new-name=Open Harbor Alliance",
  );
  check(
    "QHN changed its name to Open Harbor Alliance in May 2022.",
    "rename 2022-05 former-name=QHN new-name=Open Harbor Alliance",
  );
  check(
    "The network is now known as Open Harbor Alliance.",
    "rename new-name=Open Harbor Alliance",
  );
  check(
    "The Dock Skills Pilot was renamed the Quiet Harbor Network in 2018.",
    "rename 2018 new-name=Quiet Harbor Network",
  );
  check(
    "Quiet Harbor Network rebranded as Open Harbor Alliance in 2023.",
    "rename 2023 former-name=Quiet Harbor Network new-name=Open Harbor Alliance",
  );
  check(
    "The initiative was rebranded as Open Harbor in January 2020.",
    "rename 2020-01 new-name=Open Harbor",
  );
  check(
    "In 2019 Pine College renamed the Quiet Harbor Network the Open Harbor Alliance.",
    "rename 2019 former-name=Quiet Harbor Network new-name=Open Harbor Alliance",
  );
  check(
    "It took the name Open Harbor Alliance in 2017.",
    "rename 2017 new-name=Open Harbor Alliance",
  );
  check(
    "QHN is now called Open Harbor Alliance.",
    "rename former-name=QHN new-name=Open Harbor Alliance",
  );
  check(
    "The network has been renamed “Open Harbor Alliance”.",
    "rename new-name=Open Harbor Alliance",
  );
  check(
    "QHN was renamed Open Harbor in 2019 and merged into River Youth Project in 2022.",
    "rename 2019 former-name=QHN new-name=Open Harbor",
    "merger 2022 successor=River Youth Project",
  );
  check("We changed our minds in 2020.");
  check("QHN was not renamed Open Harbor Alliance.");
  check("The board considered whether QHN should be renamed Open Harbor Alliance.");
  check("QHN may be renamed Open Harbor Alliance.");
  check("QHN plans to change its name to Open Harbor Alliance.");
  check("Pine College was renamed Pine University in 2020.");
  check("QHN renamed its newsletter.");
  check("QHN renamed a course in 2019.");
  check("The street was renamed Harbor Way in 2018.");
  check("QHN is known for its courses.");
  check("QHN named Ada Brink director in 2020.");
  check(
    "The network will be renamed Open Harbor Alliance in 2027.",
    "rename 2027 planned new-name=Open Harbor Alliance",
  );
  check("Nobody wanted QHN to be renamed Open Harbor.");
  check("Never was QHN renamed Open Harbor.");
  news(
    "Quiet Harbor Network has been renamed Open Harbor Alliance.",
    "rename ~2026-03-03 former-name=Quiet Harbor Network new-name=Open Harbor Alliance",
  );
});

describe("transfer", () => {
  check("QHN is now administered by the Rowan Institute.", "transfer lead=Rowan Institute");
  check("In 2020 the network moved to the Rowan Institute.", "transfer 2020 lead=Rowan Institute");
  check(
    "The initiative was transferred from Pine College to the Rowan Institute in July 2021.",
    "transfer 2021-07 lead=Rowan Institute",
  );
  check(
    "In 2022 the Rowan Institute took over the Quiet Harbor Network.",
    "transfer 2022 lead=Rowan Institute",
  );
  check(
    "The Rowan Institute assumed leadership of QHN in May 2019.",
    "transfer 2019-05 lead=Rowan Institute",
  );
  check("Quiet Harbor Network is now led by Oak University.", "transfer lead=Oak University");
  check("The network is now housed at Oak University.", "transfer lead=Oak University");
  check("QHN was handed over to Oak University in 2018.", "transfer 2018 lead=Oak University");
  check(
    "QHN found a new home at the Rowan Foundation in 2023.",
    "transfer 2023 lead=Rowan Foundation",
  );
  check(
    "We transitioned to the Rowan Institute in January 2020.",
    "transfer 2020-01 lead=Rowan Institute",
  );
  check(
    "QHN will move to the Rowan Institute in July 2027.",
    "transfer 2027-07 planned lead=Rowan Institute",
  );
  check(
    "The Rowan Institute will manage the Quiet Harbor Network.",
    "transfer planned lead=Rowan Institute",
  );
  check("QHN has been transferred to the Oak Foundation.", "transfer lead=Oak Foundation");
  check("QHN is led by Oak University.");
  check("QHN moved to a new building in 2020.");
  check("QHN moved to Ohio in 2020.");
  check("QHN was not transferred to the Rowan Institute.");
  check("QHN might be transferred to the Rowan Institute.");
  check("The Rowan Institute took over the lease in 2022.");
  check("Oak University took over Pine College in 2022.");
  check("The Rowan Institute wants to take over QHN.");
  check("The Rowan Institute leads QHN.");
  check("Its office moved to Oak University in 2020.");
  check("QHN's archive moved to the Rowan Institute in 2020.");
  check("QHN transferred credits to Pine College.");
  news(
    "The Rowan Institute has taken over the Quiet Harbor Network.",
    "transfer ~2026-03-03 lead=Rowan Institute",
  );
});

describe("sunset", () => {
  check("Quiet Harbor Network ended in 2023.", "sunset 2023");
  check("The network concluded its work in May 2025.", "sunset 2025-05");
  check("QHN ceased operations on June 30, 2024.", "sunset 2024-06-30");
  check("In 2022 the initiative was discontinued.", "sunset 2022");
  check("The program closed its doors in December 2021.", "sunset 2021-12");
  check("QHN has wound down.", "sunset");
  check("Quiet Harbor Network came to an end in 2019.", "sunset 2019");
  check(
    "Pine College discontinued the Quiet Harbor Network in 2020.",
    "sunset 2020 by=Pine College",
  );
  check("The network was disbanded in March 2018.", "sunset 2018-03");
  check("QHN was terminated by the Rowan Foundation in 2025.", "sunset 2025 by=Rowan Foundation");
  check("QHN will end in December 2026.", "sunset 2026-12 planned");
  check("The network is set to close in June 2027.", "sunset 2027-06 planned");
  check("We completed our work in 2020.");
  check("QHN, launched in 2015, closed in 2021.", "launch 2015", "sunset 2021");
  check("QHN has not ended.");
  check("QHN should have ended long ago, some say.");
  check("Applications closed in March 2024.");
  check("QHN ended its contract with Oak University in 2020.");
  check("QHN closed the gap in 2020.");
  check("QHN never closed.");
  check("The survey of Quiet Harbor Network closed in May 2020.");
  check("Pine College closed in 2020.");
  check("QHN plans to close in 2027.");
  check("The Rowan Foundation denied that QHN was closed.");
  check("QHN ends poverty.");
  check("The meeting of the network concluded in June.");
  news("After ten years the Quiet Harbor Network has ended.", "sunset ~2026-03-03");
});

describe("archive", () => {
  check("The Quiet Harbor Network was archived in 2022.", "archive 2022");
  check("The project has been archived.", "archive");
  check("Pine College archived the Quiet Harbor Network in 2021.", "archive 2021 by=Pine College");
  check("QHN is archived.", "archive");
  check("The network will be archived in 2027.", "archive 2027 planned");
  check("QHN archived its newsletters in 2020.");
  check("The newsletters were archived in 2020.");
  check("QHN was not archived.");
  check("QHN should be archived.");
});

describe("expansion", () => {
  check("In 2021 QHN expanded to five states.", "expansion 2021 place=five states");
  check("The network expanded into Ohio and Iowa in 2022.", "expansion 2022 place=Ohio place=Iowa");
  check("Quiet Harbor Network has expanded statewide.", "expansion");
  check("QHN grew to twelve colleges in 2020.", "expansion 2020 place=twelve colleges");
  check("In 2019 the initiative spread to 14 counties.", "expansion 2019 place=14 counties");
  check(
    "We scaled to 30 community colleges in 2023.",
    "expansion 2023 place=30 community colleges",
  );
  check(
    "QHN was extended to three more states in May 2020.",
    "expansion 2020-05 place=three more states",
  );
  check(
    "Pine College expanded the Quiet Harbor Network to six campuses in 2021.",
    "expansion 2021 place=six campuses",
  );
  check("QHN added four states in 2022.", "expansion 2022 place=four states");
  check("The network welcomed two new states in 2024.", "expansion 2024 place=two new states");
  check("QHN will expand to Kansas in 2027.", "expansion 2027 planned place=Kansas");
  check(
    "It expanded from two colleges to nine colleges in 2018.",
    "expansion 2018 place=two colleges",
  );
  check("The program expanded across Texas in 2020.", "expansion 2020 place=Texas");
  check("QHN expands access to training.");
  check("QHN expanded its staff in 2020.");
  check("QHN has not expanded to other states.");
  check("QHN hopes to expand to five states.");
  check("QHN plans to expand to five states.");
  check("Pine College expanded to five states in 2020.");
  check("QHN could expand to five states.");
  check("QHN expanded its library in 2021.");
  check("The economy of Ohio expanded in 2020.");
  check("QHN added a course in 2020.");
  check("QHN grew in 2020.");
  check("Partners of QHN expanded to five states in 2020.");
  news(
    "The Quiet Harbor Network has expanded to five states.",
    "expansion ~2026-03-03 place=five states",
  );
});

describe("award", () => {
  check(
    "In 2020 QHN received a $2 million grant from the Rowan Foundation.",
    "award 2020 funder=Rowan Foundation",
  );
  check(
    "The network was awarded $500,000 by the Rowan Foundation in May 2021.",
    "award 2021-05 funder=Rowan Foundation",
  );
  check(
    "In 2019 the Rowan Foundation awarded $1.5 million to the Quiet Harbor Network.",
    "award 2019 funder=Rowan Foundation",
  );
  check(
    "The Rowan Foundation committed $3 million to expand QHN in 2022.",
    "award 2022 funder=Rowan Foundation",
  );
  check("QHN secured funding from Oak Trust in 2018.", "award 2018 funder=Oak Trust");
  check("QHN won a federal grant in 2017.", "award 2017");
  check(
    "We received a grant from the Department of Labor in 2016.",
    "award 2016 funder=Department of Labor",
  );
  check(
    "Quiet Harbor Network has received a $100,000 gift from Oak Trust.",
    "award funder=Oak Trust",
  );
  check(
    "The Rowan Foundation gave the Quiet Harbor Network a $2 million grant in 2020.",
    "award 2020 funder=Rowan Foundation",
  );
  check(
    "In 2021 Oak Trust invested $750,000 in the Quiet Harbor Network.",
    "award 2021 funder=Oak Trust",
  );
  check(
    "The Rowan Foundation backed QHN with $400,000 in 2019.",
    "award 2019 funder=Rowan Foundation",
  );
  check(
    "QHN awarded $200,000 to Pine College in 2022.",
    "award 2022 funder=QHN grantee=Pine College",
  );
  check("The initiative landed a $50,000 award from Oak Trust.", "award funder=Oak Trust");
  check("QHN has not received a grant.");
  check("QHN hopes to receive a $2 million grant.");
  check("QHN may receive a grant from Oak Trust.");
  check("QHN received a letter from the Rowan Foundation.");
  check("Pine College received a $2 million grant from the Rowan Foundation in 2020.");
  check("The Rowan Foundation awarded $1 million to Pine College in 2019.");
  check("QHN would have received $2 million.");
  check("QHN won praise in 2017.");
  check("QHN applied for a $2 million grant.");
  check("Students receive grants.");
  check("If QHN receives a grant, it will grow.");
  check("QHN failed to secure funding from Oak Trust.");
  news(
    "The Rowan Foundation today announced a $2 million grant to the Quiet Harbor Network.",
    "award ~2026-03-03 funder=Rowan Foundation",
  );
  news(
    "The Quiet Harbor Network has received a $2 million grant from Oak Trust.",
    "award ~2026-03-03 funder=Oak Trust",
  );
});

describe("milestone", () => {
  check("In 2021 QHN reached 10,000 learners.", "milestone 2021");
  check("The network surpassed one million hours in 2020.", "milestone 2020");
  check("QHN graduated its first cohort in June 2019.", "milestone 2019-06");
  check("QHN celebrated its tenth anniversary in 2025.", "milestone 2025");
  check("QHN has not reached 10,000 learners.");
  check("QHN reached out to colleges.");
  check("QHN serves 300 learners.");
});

test("a headline tells in the present tense, and of what is to come", () => {
  const headline = (title: string) => {
    const page = parsePage(
      "http://a.example/news/1",
      `<main><h1>${title}</h1><p>Quiet Harbor Network trains.</p></main>`,
    );
    const announced = {
      kind: "published" as const,
      date: "2026-03-03",
      quote: "",
      start: 0,
      end: 0,
    };
    return readHistory(contextOf(page, emptyKnowledge), page.blocks, subject, {
      news: { announced },
    }).events.map(({ kind, on, planned }) =>
      [kind, on, planned && "planned"].filter(Boolean).join(" "),
    );
  };
  expect(headline("Quiet Harbor Network expands to Ohio")).toEqual(["expansion 2026-03-03"]);
  expect(headline("Pine College launches Quiet Harbor Network")).toEqual(["launch 2026-03-03"]);
  expect(headline("Quiet Harbor Network to close in June 2027")).toEqual([
    "sunset 2027-06 planned",
  ]);
  expect(headline("Rowan Institute to steward Quiet Harbor Network")).toEqual(["transfer planned"]);
  expect(headline("Oak Trust backs Quiet Harbor Network with $2 million")).toEqual([
    "award 2026-03-03",
  ]);
  expect(headline("Ten questions about the Quiet Harbor Network")).toEqual([]);
});
