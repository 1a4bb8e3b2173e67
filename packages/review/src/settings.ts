/** What an operator may tune of the rules; none of it is claimed to be anybody's official rule. */
export type ReviewSettings = {
  /** How long after a stated end silence begins to count, in days. */
  endGraceDays: number;
  /** How long a site may go without a dated item before it is called silent, in days. */
  silentDays: number;
  /** How far apart two visits must be to be two nights' testimony, in hours. */
  nightsApartHours: number;
  /** How many such nights an own address must be gone, without an address or parked. */
  absentNights: number;
  /** After how many days of being gone, or past its end and silent, an effort is presumed ended. */
  presumedEndedDays: number;
  /** How long an announcement is news, in days. */
  newsDays: number;
  /** From how many visits in a row without a mention its last words no longer count. */
  missingVisits: number;
  /** From which relevance on an effort belongs into the catalog. */
  relevanceMin: number;
  /** More entries than this must name an effort that nobody describes, to propose it. */
  namedByMin: number;
};

/** What counts where nobody tuned anything. */
export const defaultSettings: ReviewSettings = {
  endGraceDays: 60,
  silentDays: 365,
  nightsApartHours: 18,
  absentNights: 2,
  presumedEndedDays: 540,
  newsDays: 60,
  missingVisits: 2,
  relevanceMin: 0.5,
  namedByMin: 3,
};

export const dayMs = 86_400_000;
