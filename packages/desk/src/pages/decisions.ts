import { mayActAs } from "@waymark/domain";
import { listDecisions } from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { pathTo } from "../parts/address.ts";
import { actionButton } from "../parts/form.ts";
import { html } from "../parts/html.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { table } from "../parts/table.ts";
import { showMoment } from "../parts/when.ts";

const step = 100;

/** The audit: who decided what, when and why; each can be undone from here. */
export async function showDecisions(call: Call): Promise<Response> {
  const limit = Math.min(10_000, Math.max(step, Number(asked(call, "show")) || step));
  const found = await listDecisions(call.desk.db, limit + 1);
  const mayUndo = mayActAs(call.viewer.account.role, "curator");
  return renderPage(call, {
    title: "Decisions",
    place: "/decisions",
    body: html`${pageHead({
      title: "Decisions",
      lead: "Who decided what, when and why. Nothing here is ever erased: an undo is written beside what it undid.",
    })}
${table({
  caption: "Newest first",
  columns: ["When", "Who", { name: "What", wide: true }, "Why", ""],
  rows: found
    .slice(0, limit)
    .map((decision) => [
      showMoment(decision.at),
      decision.who,
      html`<span class="verdict ${decision.verdict}">${decision.verdict === "accept" ? "accepted" : "rejected"}</span> <a href="${pathTo("changes", decision.changeId)}">${decision.title}</a> <span class="muted">${decision.kind}</span>`,
      decision.why ?? "",
      decision.undoneAt
        ? html`<span class="muted">undone by ${decision.undoneBy}, ${showMoment(decision.undoneAt)}</span>`
        : mayUndo &&
          actionButton(call, { action: `/decisions/${decision.id}/undo`, label: "Undo" }),
    ]),
  empty: html`Nothing has been decided yet. The <a href="/changes">queue</a> is where decisions are made.`,
})}
${found.length > limit && html`<p class="more"><a class="button quiet" href="/decisions?show=${limit + step}">Show ${step} more</a></p>`}`,
  });
}
