import { InitiativeId } from "@waymark/domain";
import { foreseeUnmerge, unmergeEntry } from "@waymark/pipeline";
import { findInitiative } from "@waymark/store";
import type { Call } from "../call.ts";
import { pathTo, withQuery } from "../parts/address.ts";
import { actionButton } from "../parts/form.ts";
import { html } from "../parts/html.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { showMoment } from "../parts/when.ts";
import { notFound } from "../problem.ts";

/** What un-merging an entry would come to, or what stands in its way; nothing happens yet. */
export async function askUnmerge(call: Call): Promise<Response> {
  const id = await mergedId(call);
  const { entry, leaves, merge, effects, blockedBecause } = await foreseeUnmerge(call.desk.db, id);
  const back = pathTo("initiatives", leaves.id);
  return renderPage(call, {
    title: `Un-merge ${entry.values.name}`,
    place: "/initiatives",
    body: html`${pageHead({
      above: html`<a href="${back}">${leaves.values.name}</a>`,
      title: html`Let “${entry.values.name}” stand for itself again?`,
      lead: html`It was merged ${showMoment(merge.at)}, with decision ${merge.decisionId}.`,
    })}
${
  blockedBecause
    ? html`<div class="note"><p>That cannot be done now: ${blockedBecause}</p><p><a href="/decisions">All decisions</a></p></div>`
    : html`<section class="card"><h2>What will happen</h2><ul>${effects.map((effect) => html`<li>${effect}</li>`)}</ul>
<p>${actionButton(call, { action: `${pathTo("initiatives", id)}/unmerge`, label: "Un-merge", look: "accept" })} <a class="button quiet" href="${back}">Leave it</a></p></section>`
}`,
  });
}

/** Lets an entry that was merged stand for itself again. */
export async function unmerge(call: Call): Promise<Response> {
  const { c, desk, viewer } = call;
  const id = await mergedId(call);
  const who = viewer.account.name;
  const { decisionId } = await unmergeEntry(desk.db, { id, who, now: desk.now() });
  desk.log.info({ id, decisionId, who }, "entry un-merged");
  return c.redirect(withQuery(pathTo("initiatives", id), { unmerged: decisionId }), 303);
}

async function mergedId({ c, desk }: Call): Promise<InitiativeId> {
  const id = InitiativeId.safeParse(c.req.param("id")).data;
  if (id && (await findInitiative(desk.db, id))) return id;
  throw notFound("such entry in the catalog");
}
