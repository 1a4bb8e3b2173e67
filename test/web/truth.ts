/**
 * What the example web tells and the catalog lacks, night by night, written down by hand with the sentence
 * that proves it. Tests hold Waymark's proposals against it. Changes of night 2 assume that those of
 * night 1 were accepted, or at least stay as they were.
 */

export type CatalogColumn =
  | "name"
  | "aliases"
  | "acronym"
  | "url"
  | "lead_organization"
  | "funders"
  | "partners"
  | "states"
  | "start"
  | "end"
  | "status";

export type ExpectedChange = {
  kind: "new" | "update" | "duplicate" | "stale" | "ended";
  /** The effort as the catalog names it, or, where it is new, as the page does. */
  name: string;
  /** The effort's own address, where one is told. */
  url?: string;
  /** The values that come of it; a set is given whole. Others may be proposed beside them. */
  fields?: Partial<Record<CatalogColumn, string | string[]>>;
  /** The other entry of a duplicate. */
  other?: string;
  /** The page that proves it. */
  page: string;
  /** Verbatim on that page, tags stripped and white space folded. */
  quote?: string;
  /** What proves it where no page can: how the address answered. */
  outcome?: { status: number };
};

export type QuietCase = {
  /** A name that no proposal may bear. */
  name?: string;
  /** A page that alone must lead to no proposal on that night. */
  page?: string;
  /** Two entries that must not be called one effort. */
  pair?: [string, string];
  nights: readonly (1 | 2)[];
  reason: string;
};

export const expectedNight1: readonly ExpectedChange[] = [
  {
    kind: "new",
    name: "Prioritizing Adult Community College Enrollment",
    fields: {
      acronym: "PACCE",
      lead_organization: "Achieving the Dream",
      funders: ["Lumina Foundation"],
      states: ["AL", "CA", "CO", "FL", "MI", "NY", "NC", "TX", "VA"],
      start: "2021",
    },
    page: "http://www.luminafoundation.org/grants/prioritizing-adult-community-college-enrollment/",
    quote:
      "Prioritizing Adult Community College Enrollment (PACCE) helps colleges change that with small grants and a shared season of coaching.",
  },
  {
    kind: "new",
    name: "Faculty Leadership Collaboratives Project",
    fields: {
      lead_organization: "Association of American Colleges and Universities",
      funders: ["Lumina Foundation"],
      start: "2025",
    },
    page: "http://www.luminafoundation.org/grants/faculty-leadership-collaboratives/",
    quote:
      "The Faculty Leadership Collaboratives Project is led by the Association of American Colleges and Universities with funding from Lumina Foundation.",
  },
  {
    kind: "new",
    name: "Industry Sector Partnerships",
    fields: { lead_organization: "State of Ohio", states: ["OH"], start: "2020" },
    page: "http://workforce.ohio.gov/programs/industry-sector-partnerships",
    quote:
      "Industry Sector Partnerships is a program of the State of Ohio that pays regional groups of employers and schools to plan training together.",
  },
  {
    kind: "new",
    name: "National Project on Apprenticeship Standards and Interoperability",
    fields: {
      acronym: "PASI",
      lead_organization: "Competency-Based Education Network",
      funders: ["U.S. Department of Labor"],
      partners: ["Alabama Commission on Higher Education", "NASTAD", "WorkHands"],
      states: ["AL"],
      start: "2025-09-26",
    },
    page: "http://www.c-ben.org/projects/pasi",
    quote:
      "The National Project on Apprenticeship Standards and Interoperability (PASI) was launched on September 26, 2025.",
  },
  {
    kind: "new",
    name: "Alabama Talent Triad",
    url: "http://www.talentplaybook.org/",
    fields: {
      lead_organization: "Alabama Governor's Office of Education and Workforce Transformation",
      funders: ["Walmart", "SkillsFWD"],
      partners: ["Competency-Based Education Network", "EBSCOed"],
      states: ["AL"],
      start: "2022",
    },
    page: "http://www.talentplaybook.org/about/",
    quote: "The Alabama Talent Triad was launched in 2022 and opened to the public in August 2023.",
  },
  {
    kind: "new",
    name: "OneTen",
    url: "http://oneten.org/",
    fields: { start: "2020-12" },
    page: "http://oneten.org/who-we-are/",
    quote: "OneTen was founded in December 2020.",
  },
  {
    kind: "new",
    name: "Accelerate Montana's Validated Skills",
    fields: {
      lead_organization: "Accelerate Montana",
      funders: ["SkillsFWD"],
      states: ["MT"],
      start: "2023-12",
    },
    page: "http://www.skillsfwd.org/projects/validated-skills/",
    quote: "Lead organization: Accelerate Montana",
  },
  {
    kind: "new",
    name: "Central Ohio Talent Network",
    fields: {
      lead_organization: "Workforce Development Board of Central Ohio",
      funders: ["SkillsFWD"],
      states: ["OH"],
      start: "2023-12",
    },
    page: "http://www.skillsfwd.org/projects/central-ohio/",
    quote: "Lead organization: Workforce Development Board of Central Ohio",
  },
  {
    kind: "new",
    name: "Rural College Design and Data Academy",
    fields: { lead_organization: "Education Design Lab", start: "2025-09" },
    page: "http://eddesignlab.org/areas_of_work/rural-college-design-and-data-academy/",
    quote: "The Rural College Design and Data Academy is led by Education Design Lab.",
  },
  {
    kind: "update",
    name: "FastForward Virginia",
    fields: { url: "http://www.fastforwardva.org/" },
    page: "http://www.vccs.edu/workforce/",
    quote: "Site: fastforwardva.org",
  },
  {
    kind: "duplicate",
    name: "Community College Growth Engine",
    other: "Micro-Pathways Initiative",
    page: "http://eddesignlab.org/areas_of_work/community-college-growth-engine/",
    quote: "Community College Growth Engine (also known as the Micro-Pathways Initiative)",
  },
  {
    kind: "stale",
    name: "ColoradoFWD",
    url: "http://coloradofwd.org/",
    page: "http://coloradofwd.org/about/",
    quote: "The pilot runs from January 2024 to June 30, 2025.",
  },
];

export const expectedNight2: readonly ExpectedChange[] = [
  {
    kind: "new",
    name: "Community College Engineering Pathways",
    fields: {
      lead_organization: "ASME Foundation",
      funders: ["ECMC Foundation"],
      start: "2026-02",
    },
    page: "http://www.ecmcfoundation.org/what-we-do/grants/engineering-pathways",
    quote: "Lead organization ASME Foundation",
  },
  {
    kind: "new",
    name: "HBCU Adult Learner Initiative",
    fields: {
      lead_organization: "Lumina Foundation",
      funders: ["Lumina Foundation"],
      states: ["NC"],
      start: "2026",
    },
    page: "http://www.luminafoundation.org/newsroom/hbcu-adult-learners/",
    quote:
      "Lumina Foundation today announced the HBCU Adult Learner Initiative, a new effort that begins with seven campuses in North Carolina.",
  },
  {
    kind: "new",
    name: "Indiana Career Accelerator Fund",
    url: "http://www.accelerateindiana.org/",
    fields: {
      acronym: "ICAF",
      lead_organization: "Accelerate Indiana",
      states: ["IN"],
      start: "2026-03-01",
    },
    page: "http://www.accelerateindiana.org/about/",
    quote: "The Indiana Career Accelerator Fund (ICAF) is led by Accelerate Indiana.",
  },
  {
    kind: "update",
    name: "Credential As You Go",
    fields: {
      funders: [
        "Lumina Foundation",
        "Institute of Education Sciences",
        "Walmart",
        "Ascendium Education Group",
      ],
    },
    page: "http://credentialasyougo.org/about/",
    quote:
      "Funders: Lumina Foundation, Institute of Education Sciences, Walmart, Ascendium Education Group",
  },
  {
    kind: "update",
    name: "Open Skills Network",
    fields: { lead_organization: "Credential Engine" },
    page: "http://www.openskillsnetwork.org/about",
    quote: "Lead organization: Credential Engine",
  },
  {
    kind: "update",
    name: "SkillsFWD",
    fields: { states: ["AL", "CO", "IN", "MT", "OH"] },
    page: "http://www.skillsfwd.org/about/",
    quote: "States: Alabama, Colorado, Indiana, Montana, Ohio",
  },
  {
    kind: "update",
    name: "Tear the Paper Ceiling",
    fields: { end: "2026-12-31" },
    page: "http://tearthepaperceiling.org/about",
    quote: "The campaign runs from September 2022 to December 31, 2026.",
  },
  {
    kind: "update",
    name: "Talent Hubs",
    fields: { name: "Civic Talent Network", aliases: ["Talent Hubs"] },
    page: "http://www.talenthubs.org/",
    quote: "The Civic Talent Network, formerly known as Talent Hubs,",
  },
  {
    kind: "ended",
    name: "Interstate Passport",
    fields: { status: "ended", end: "2026-02-28" },
    page: "http://interstatepassport.wiche.edu/",
    quote: "Interstate Passport ended on February 28, 2026.",
  },
  {
    kind: "ended",
    name: "Connecting Credentials",
    fields: { status: "ended" },
    page: "http://connectingcredentials.org/",
    quote: "Connecting Credentials has ended and this site is no longer updated.",
  },
  {
    kind: "duplicate",
    name: "Individual Microcredential Assistance Program",
    other: "Ohio Short-Term Credential Grants",
    page: "http://workforce.ohio.gov/programs/imap",
    quote:
      "The Individual Microcredential Assistance Program (also known as Ohio Short-Term Credential Grants)",
  },
  {
    kind: "stale",
    name: "Job Data Exchange",
    url: "http://www.jobdataexchange.org/",
    page: "http://www.jobdataexchange.org/",
    outcome: { status: 410 },
  },
];

export const mustStayQuiet: readonly QuietCase[] = [
  {
    name: "City Strings Summer Concerts",
    nights: [1, 2],
    reason: "a grant of a foundation, but not about learning and work",
  },
  {
    name: "North Shore Clinic Expansion",
    nights: [1, 2],
    reason: "a grant of a foundation, but about health",
  },
  {
    name: "Transfer Bridge Accelerator",
    nights: [1, 2],
    reason: "told only under /private/, which robots.txt closes",
  },
  {
    page: "http://www.ecmcfoundation.org/careers",
    nights: [1, 2],
    reason: "a list of jobs",
  },
  { page: "http://www.c-ben.org/events", nights: [1, 2], reason: "a list of events" },
  { page: "http://www.c-ben.org/people", nights: [1, 2], reason: "a list of staff" },
  { page: "http://www.c-ben.org/members", nights: [1, 2], reason: "a list of members" },
  {
    page: "http://learnworkecosystemlibrary.com/glossary/",
    nights: [1, 2],
    reason: "a definition list of words, not of efforts",
  },
  {
    name: "Blockchain Innovation Challenge",
    nights: [1, 2],
    reason: "the library says it has ended, and so does the catalog",
  },
  { name: "BRIDGES Rural", nights: [1, 2], reason: "told in the past tense, ended in the catalog" },
  {
    pair: ["Job Data Exchange", "Jobs and Employment Data Exchange"],
    nights: [1, 2],
    reason: "one came before the other",
  },
  {
    pair: ["FastForward Virginia", "New Economy Workforce Credential Grant"],
    nights: [1, 2],
    reason: "a program and the grant that pays for its courses",
  },
  {
    pair: ["Individual Microcredential Assistance Program", "TechCred"],
    nights: [1, 2],
    reason: "two programs of one state on one list",
  },
  {
    name: "myFutureNC",
    nights: [2],
    reason:
      "only its counter, its date, its quote, its announcement and the order of a list differ",
  },
  {
    name: "SUNY Microcredentials",
    nights: [1, 2],
    reason: "one page that repeats others tells a start that the catalog lacks; no own page does",
  },
  { name: "TechCred", nights: [2], reason: "only counts differ" },
  {
    name: "New Economy Workforce Credential Grant",
    nights: [2],
    reason: "the list has another order and the site another menu",
  },
  {
    name: "T3 Innovation Network",
    nights: [2],
    reason: "only its Last Updated date differs",
  },
  {
    name: "Credential Registry",
    nights: [1, 2],
    reason: "the year of a grant is not its start; on night 2 only its Last Updated date differs",
  },
  {
    name: "CBE Collaboratory",
    nights: [2],
    reason: "the quote at the foot and the copyright year differ",
  },
  {
    name: "Industry Sector Partnerships",
    page: "http://workforce.ohio.gov/programs/industry-sector-partnerships",
    nights: [2],
    reason: "its page is missing for one night; the list still names it",
  },
  {
    name: "Essential Employability Qualities Certification",
    page: "http://theqacommons.org/eeq-cert/",
    nights: [2],
    reason: "its host answers 503 with Retry-After for one night",
  },
  {
    name: "Mapping Articulated Pathways Initiative",
    page: "http://crconsortium.com/cpl-map-initiative",
    nights: [2],
    reason: "its host has no address for one night, which alone proves nothing",
  },
];

/** Links of the example web that lead nowhere on a night, on purpose. */
export const brokenLinks: Readonly<Record<1 | 2, readonly string[]>> = {
  1: ["http://www.c-ben.org/projects/archive-2019"],
  2: [
    "http://www.c-ben.org/projects/archive-2019",
    "http://workforce.ohio.gov/programs/industry-sector-partnerships",
  ],
};
