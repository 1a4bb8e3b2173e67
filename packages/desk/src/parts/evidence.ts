import type { ChangeEvidence, SnapshotId } from "@waymark/domain";
import { listSnapshotDates } from "@waymark/store";
import type { Desk } from "../call.ts";
import { outsideLink, pathTo, withQuery } from "./address.ts";
import { type Html, html } from "./html.ts";
import { fieldLabels, outcomeText } from "./labels.ts";
import { showDay } from "./when.ts";

export type SnapshotDates = ReadonlyMap<SnapshotId, Date>;

/** When the snapshots were taken that some evidence quotes. */
export async function loadSnapshotDates(
  { db }: Desk,
  evidence: ChangeEvidence[],
): Promise<SnapshotDates> {
  const ids = evidence.flatMap((proof) => (proof.type === "quote" ? [proof.snapshotId] : []));
  return ids.length === 0 ? new Map() : listSnapshotDates(db, [...new Set(ids)]);
}

/** The proofs of a change or a value. Quotes of one place are told once, with all fields they prove. */
export function evidenceList(
  evidence: ChangeEvidence[],
  dates: SnapshotDates,
  { shownMax = Number.POSITIVE_INFINITY, more }: { shownMax?: number; more?: string } = {},
): Html {
  const proofs = gather(evidence);
  const rest = proofs.length - shownMax;
  return html`<ul class="evidence">${proofs.slice(0, shownMax).map((proof) => html`<li>${showProof(proof, dates)}</li>`)}</ul>
${rest > 0 && more && html`<p class="more"><a href="${more}">${rest} more ${rest === 1 ? "quote" : "quotes"}</a></p>`}`;
}

type Proof = { evidence: ChangeEvidence; fields: string[] };

function gather(evidence: ChangeEvidence[]): Proof[] {
  const proofs = new Map<string, Proof>();
  for (const proof of evidence) {
    const key =
      proof.type === "quote"
        ? `${proof.snapshotId} ${proof.quote}`
        : `${proof.url} ${proof.at} ${proof.outcome}`;
    const known = proofs.get(key);
    const fields = proof.type === "quote" ? [labelOf(proof.field)] : [];
    if (!known) proofs.set(key, { evidence: proof, fields });
    else known.fields = [...new Set([...known.fields, ...fields])];
  }
  return [...proofs.values()];
}

/** What evidence proves that is no field of an entry. */
const otherLabels: Record<string, string> = {
  sign: "Sign of life",
  relation: "Relation",
  event: "What happened",
  grant: "Grant",
};

const labelOf = (field: string): string =>
  otherLabels[field] ?? fieldLabels[field as keyof typeof fieldLabels];

function showProof({ evidence, fields }: Proof, dates: SnapshotDates): Html {
  if (evidence.type === "outcome")
    return html`<p class="observed"><strong>Observed:</strong> the page ${outcomeText(evidence.outcome)}${evidence.status !== undefined && html` (status ${evidence.status})`}${evidence.error && html`: ${evidence.error}`}${evidence.location && html`, and leads to ${outsideLink(evidence.location)}`}</p>
<p class="cite">${outsideLink(evidence.url)} · ${showDay(new Date(evidence.at))}</p>`;
  const date = dates.get(evidence.snapshotId);
  return html`<blockquote cite="${evidence.url}">${evidence.quote}</blockquote>
<p class="cite"><span class="proves">${fields.join(", ")}</span> · ${outsideLink(evidence.url)}${showPage(evidence)}${date && html` · read ${showDay(date)}`} · <a href="${quotePath(evidence)}" data-evidence>See it in the page</a></p>`;
}

/** Where in a document of pages a quote stands. */
export const showPage = ({ page }: { page?: number | undefined }): Html =>
  html`${page !== undefined && html` · page ${page}`}`;

/** Where a stretch of a page is shown, lit, in the page as it was. */
export const quotePath = (place: {
  pageId: string;
  snapshotId: string;
  start: number;
  end: number;
  quote?: string;
  page?: number | undefined;
}): string =>
  `${withQuery(`${pathTo("pages", place.pageId)}/evidence`, {
    snapshot: place.snapshotId,
    start: place.start,
    end: place.end,
    quote: place.quote?.slice(0, 1200),
    page: place.page,
  })}#quote`;
