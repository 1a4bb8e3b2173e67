import { InitiativeId, type KnownMention, MentionId } from "@waymark/domain";
import { splitEntry } from "@waymark/pipeline";
import { findInitiative, listMentionsOfInitiative, type StoredInitiative } from "@waymark/store";
import { z } from "zod";
import type { Call } from "../call.ts";
import { outsideLink, pathTo, withQuery } from "../parts/address.ts";
import { csrfField, readForm, textField } from "../parts/form.ts";
import { html } from "../parts/html.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { count } from "../parts/when.ts";
import { notFound, Problem } from "../problem.ts";

const text = z.string().trim();
const SplitForm = z.object({
  mentions: text.min(1),
  into: z.enum(["entry", "unseen"]),
  name: text.max(400).optional(),
  why: text.max(1000).optional(),
});

/** What taking mentions out of an entry would come to; nothing happens yet. */
export async function askSplit(call: Call): Promise<Response> {
  const { entry, mentions } = await loadEntry(call);
  const asked = new Set(call.c.req.queries("mention") ?? []);
  const chosen = mentions.filter(({ id }) => asked.has(id));
  const path = pathTo("initiatives", entry.id);
  if (chosen.length === 0)
    throw new Problem(
      400,
      "No mention was chosen.",
      "Go back and tick the pages that tell of another effort.",
    );
  const [first] = chosen;
  return renderPage(call, {
    title: `Split ${entry.values.name}`,
    place: "/initiatives",
    body: html`${pageHead({
      above: html`<a href="${path}">${entry.values.name}</a>`,
      title: html`Is that another effort than “${entry.values.name}”?`,
      lead: html`${chosen.length === mentions.length ? "All its mentions leave the entry" : `${count(chosen.length, "mention")} of ${mentions.length} ${chosen.length === 1 ? "leaves" : "leave"} the entry`} and will not be put back by the matcher. It is a decision that can be undone.`,
    })}
<ul class="plain">${chosen.map(({ mention, page }) => html`<li><strong>${mention.name}</strong> <span class="muted">on</span> ${outsideLink(page.url)}</li>`)}</ul>
<form method="post" action="${path}/split" class="card">
${csrfField(call)}<input type="hidden" name="mentions" value="${chosen.map(({ id }) => id).join(" ")}">
<fieldset class="choices"><legend>What they are about</legend>
<label class="choice"><input type="radio" name="into" value="unseen" checked> An effort that is to be found: the next night gathers them, and proposes it if it is new</label>
<label class="choice"><input type="radio" name="into" value="entry"> An entry of its own, now, with what these pages tell</label>
</fieldset>
${textField({ name: "name", label: "Name of the new entry", placeholder: first!.mention.name, help: "Left empty, it is called as its pages call it." })}
${textField({ name: "why", label: "Reason (optional)" })}
<p><button class="button accept">Not this effort</button> <a class="button quiet" href="${path}">Leave it</a></p>
</form>`,
  });
}

/** Takes mentions out of an entry. */
export async function split(call: Call): Promise<Response> {
  const { c, desk, viewer } = call;
  const { entry } = await loadEntry(call);
  const form = await readForm(call, SplitForm);
  const who = viewer.account.name;
  const { decisionId, initiativeId } = await splitEntry(desk.db, {
    id: entry.id,
    mentionIds: form.mentions.split(" ").map((id) => MentionId.parse(id)),
    into: form.into,
    name: form.into === "entry" ? form.name || undefined : undefined,
    who,
    why: form.why || undefined,
    now: desk.now(),
  });
  desk.log.info({ id: entry.id, decisionId, who }, "entry split");
  const shown = form.into === "entry" && initiativeId ? initiativeId : entry.id;
  return c.redirect(withQuery(pathTo("initiatives", shown), { split: decisionId }), 303);
}

async function loadEntry({
  c,
  desk,
}: Call): Promise<{ entry: StoredInitiative; mentions: KnownMention[] }> {
  const id = InitiativeId.safeParse(c.req.param("id")).data;
  const entry = id && (await findInitiative(desk.db, id));
  if (!entry) throw notFound("such entry in the catalog");
  return { entry, mentions: await listMentionsOfInitiative(desk.db, entry.id) };
}
