import type {
  ClusterId,
  Evidence,
  EvidenceMethod,
  Initiative,
  InitiativeId,
  InitiativeValues,
  KnownEffort,
  KnownMention,
  LifeSign,
  Lookalike,
  Match,
  Mention,
  MentionId,
  ObservedOutcome,
  OwnAddress,
  PageId,
  SnapshotId,
  SourceId,
  SourceKind,
  VisitOutcome,
} from "@waymark/domain";

/** The moment at which all examples are reviewed. */
export const now = new Date("2026-03-01T02:00:00Z");
/** A moment that many days before it. */
export const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

/** An entry of the catalog: a river of skills, run by a college, paid for by one foundation. */
export const entry = (values: Partial<InitiativeValues> = {}, id = "LW-7"): Initiative => ({
  id: id as InitiativeId,
  values: {
    name: "Skills River",
    url: "http://skillsriver.org/",
    leadOrganization: "Alder College",
    funders: ["Birch Foundation"],
    partners: ["Cedar Union", "Elm Institute", "Fir Schools"],
    states: ["OH", "TX"],
    end: "2027-06",
    status: "active",
    ...values,
  },
  version: 1,
});

type Words = Partial<Omit<Mention, "signs" | "evidence">> & {
  signs?: (Partial<LifeSign> & Pick<LifeSign, "kind">)[];
  /** Sentences that prove a field, where the value alone would not do. */
  quotes?: Partial<Record<string, string>>;
  method?: EvidenceMethod;
  certainty?: number;
  evidence?: Evidence[];
};

/** What a page says; every value gets its evidence. */
export function words({
  quotes = {},
  method = "label",
  certainty = 0.9,
  ...given
}: Words = {}): Mention {
  const mention: Mention = {
    key: "main",
    role: "own",
    name: "Skills River",
    aliases: [],
    relations: [],
    range: { start: 0, end: 1000 },
    relevance: { score: 0.9, reasons: ["skills"] },
    evidence: [],
    ...given,
    signs: (given.signs ?? []).map((sign) => ({ confidence: 0.9, ...sign })),
  };
  return given.evidence
    ? mention
    : { ...mention, evidence: evidenceFor(mention, quotes, method, certainty) };
}

function evidenceFor(
  mention: Mention,
  quotes: Partial<Record<string, string>>,
  method: EvidenceMethod,
  confidence: number,
): Evidence[] {
  const fields = [
    "name",
    "aliases",
    "acronym",
    "url",
    "kind",
    "description",
    "leadOrganization",
    "funders",
    "partners",
    "states",
    "start",
    "end",
    "status",
    "topics",
  ] as const;
  const told = fields.flatMap((field) => {
    const value = mention[field];
    const values = Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
    return values.map((each) => ({ field, value: each }));
  });
  const signs = mention.signs.map(({ kind }) => ({ field: "sign" as const, value: kind }));
  return [...told, ...signs].map(({ field, value }, n) => ({
    field,
    value,
    quote: quotes[field] ?? value,
    start: n * 20,
    end: n * 20 + 10,
    method,
    confidence,
  }));
}

type Where = {
  id?: string;
  url?: string;
  kind?: KnownMention["page"]["kind"];
  dates?: KnownMention["page"]["dates"];
  source?: SourceKind;
  publisher?: string;
  watchedSince?: Date;
  firstSeenAt?: Date;
  changedAt?: Date;
  visitedAt?: Date;
  missingCount?: number;
  match?: Partial<Match>;
};

/** A mention on a page: what it says, what it was last settled to say, where it stands. */
export function says(
  mention: Words,
  baseline?: Words | undefined,
  where: Where = {},
): KnownMention {
  const url = where.url ?? "http://skillsriver.org/";
  const id = where.id ?? `m ${url}`;
  return {
    id: id as MentionId,
    mention: words(mention),
    baseline: baseline && words(baseline),
    page: {
      id: `p ${url}` as PageId,
      url,
      kind: where.kind ?? "home",
      dates: where.dates ?? [],
      snapshotId: "a".repeat(64) as SnapshotId,
      readerVersion: "1",
      firstSeenAt: where.firstSeenAt ?? daysAgo(60),
      visitedAt: where.visitedAt ?? now,
    },
    source: {
      id: (where.source ?? "initiative") as string as SourceId,
      kind: where.source ?? "initiative",
      name: where.publisher,
      watchedSince: where.watchedSince,
    },
    changedAt: where.changedAt,
    missingCount: where.missingCount ?? 0,
    match: {
      verdict: "same",
      initiativeId: "LW-7" as InitiativeId,
      score: 0.98,
      reasons: [],
      ...where.match,
    },
  };
}

/** A mention on a page of somebody else: a list of a network, a library, a newsroom. */
export const elsewhere = (host: string, mention: Words, baseline?: Words, where: Where = {}) =>
  says({ role: "listing", ...mention }, baseline && { role: "listing", ...baseline }, {
    source: "network",
    kind: "listing",
    url: `http://${host}/list`,
    ...where,
  });

/** A dated announcement of a fortnight ago. */
export const announces = (host: string, mention: Words, where: Where = {}) =>
  says({ role: "announcement", announcedOn: "2026-02-15", ...mention }, undefined, {
    source: "news",
    kind: "article",
    url: `http://${host}/story`,
    firstSeenAt: daysAgo(0),
    ...where,
  });

/** All that is known of the entry. */
export const effort = (given: Partial<KnownEffort> = {}): KnownEffort => {
  const initiative = "initiative" in given ? given.initiative : entry();
  return {
    effort: { initiativeId: (initiative?.id ?? "LW-7") as InitiativeId },
    mentions: [],
    ownAddresses: [],
    ownDates: [],
    lookalikes: [],
    namedBy: 0,
    past: [],
    ...given,
    initiative,
  };
};

/** Mentions that no entry answers to. */
export const cluster = (mentions: KnownMention[], given: Partial<KnownEffort> = {}): KnownEffort =>
  effort({
    effort: { clusterId: "c-1" as ClusterId },
    initiative: undefined,
    mentions: mentions.map((mention) => ({
      ...mention,
      match:
        mention.match.initiativeId === "LW-7" && mention.match.verdict === "same"
          ? { verdict: "different", score: 0.02, reasons: [] }
          : mention.match,
    })),
    ...given,
  });

/** How an address answered, newest first: an outcome and how many days ago. */
export const address = (
  outcomes: [VisitOutcome, number, Partial<ObservedOutcome>?][],
  { url = "http://skillsriver.org/", movedTo }: { url?: string; movedTo?: string } = {},
): OwnAddress => ({
  pageId: `p ${url}` as PageId,
  url,
  movedTo,
  outcomes: outcomes.map(([outcome, days, more]) => ({
    url,
    outcome,
    at: daysAgo(days).toISOString(),
    ...more,
  })),
});

/** An item with a date on the effort's own site. */
export const dated = (date: string): KnownEffort["ownDates"][number] => ({
  date,
  url: "http://skillsriver.org/news",
  pageId: "p news" as PageId,
  snapshotId: "b".repeat(64) as SnapshotId,
  quote: date,
  start: 5,
  end: 15,
});

/** Another entry that may be the same effort. */
export const lookalike = (
  id: string,
  name: string,
  match: Partial<Match> = {},
  given: Partial<Lookalike> = {},
): Lookalike => ({
  initiativeId: id as InitiativeId,
  name,
  values: { name },
  match: {
    verdict: "same",
    initiativeId: id as InitiativeId,
    score: 0.97,
    reasons: [{ feature: "name", weight: 3, text: "nearly the same name" }],
    ...match,
  },
  judgement: undefined,
  ...given,
});
