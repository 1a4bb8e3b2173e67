/**
 * What each agreement and conflict adds to the log-odds that two records are one effort, in the manner of
 * Fellegi and Sunter: the natural logarithm of how much likelier the observation is for one effort than
 * for two that were worth comparing. +2.3 makes it ten times likelier, -2.3 ten times less likely.
 * Names weigh by the rarity of their words (`words.ts`); the figures here are for everything else.
 */
export const weights = {
  /** A record and a candidate that shares rare keys with it: about one in twenty is the same effort. */
  priorOfCandidate: -3,
  /** Two entries of a catalog that somebody keeps are seldom one effort, however alike they look. */
  priorOfEntries: -4.2,

  name: {
    /** Most that equal words can say, and most that unequal names can say against. */
    most: 8,
    least: -5,
    /** A name of two words, or of a long one, that is equal in full says at least this. */
    equalLeast: 5.5,
    /** Equal but for blanks, order or one letter. */
    otherBlanks: -0.4,
    otherOrder: -0.5,
    nearWord: -0.5,
    /** Words that one name has and the other lacks, by what they are. */
    extraGeneric: -0.1,
    extraOwner: -0.4,
    extraOwnOwner: -1.2,
    extraCollective: -4.5,
    extraProduct: -5.5,
    /** Any other word: this, and a part of its rarity. */
    extraOther: -1.2,
    extraRarity: -0.5,
    /** Most that a subtitle behind a long name can cost. */
    subtitle: -4,
    subtitleOfMany: -2,
    /** "Lantern Network" against "Lantern Fund": each says what kind of thing it is, and they differ. */
    otherCollective: -7,
    /** "Lantern Fund" against "Lantern Grants", "Lantern Coalition" against "Lantern Alliance": in place of what the words cost. */
    fundAndGrants: -2.5,
    otherUnion: -4.5,
    /** "Harbor Badges" against "Seaside Badges": each says whose it is, and they differ. */
    otherOwner: -4,
    /** One record's whole name is the other's acronym; the name is the other's own site. */
    isAcronymOnly: 5.5,
    isAcronymLong: 4,
    isAcronym: 3.3,
    isAcronymShort: 1.8,
    isInitials: 2.5,
    isSite: 3.5,
    isOwnSite: 5.5,
  },
  acronym: { same: 2, initials: 1, differs: -3 },
  address: {
    samePage: 5.5,
    sameHomeFitting: 5,
    sameHome: 3,
    sharedByEntries: 2,
    endsInName: 2.5,
    isName: 3,
    otherHome: -2,
    otherSite: -0.5,
    toldElsewhere: -0.1,
    onOwnSite: 1.5,
    otherPage: -0.8,
  },
  organization: {
    sameLead: 2,
    otherLead: -3,
    otherLeadInPassing: -1.2,
    /** One is led by what the other is: the Acme Registry, led by Acme, is not Acme. */
    leadIsOther: -6,
    sameFunder: 0.5,
    /** One is paid for by what the other is. */
    funderIsOther: -6,
    /** One makes what the other, named among its partners, is named for. */
    partnerIsOther: -3,
    samePartner: 0.7,
    samePartners: 3,
    otherPartners: -1,
  },
  series: { other: -9, oneSided: -6, otherYear: -7, oneSidedYear: -2, succession: -2 },
  place: {
    otherInName: -9,
    oneSidedInName: -3.5,
    notAmongStates: -6,
    explained: 0.5,
    same: 0.8,
    sameEach: 0.2,
    otherState: -6,
    otherStates: -3,
  },
  time: {
    sameStart: 0.7,
    sameEnd: 1,
    nearStart: 0,
    otherStart: -1,
    farStart: -1.6,
    otherEnd: -0.3,
  },
  kind: { same: 0.3, other: -0.3, bodyAndProduct: -1.5 },
  description: { alike: 1.5, overlapping: 0.5 },
  /** A page says how the two stand to each other, so they are two. */
  relationTold: -8,
} as const;
