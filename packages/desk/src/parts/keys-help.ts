import { type Html, html } from "./html.ts";

/** The keys of the queue. The browser script reads its map from here, so the two cannot differ. */
export const keys = [
  { key: "j", action: "next", text: "Next change" },
  { key: "k", action: "previous", text: "Change before" },
  { key: "a", action: "accept", text: "Accept" },
  { key: "r", action: "reject", text: "Reject" },
  { key: "s", action: "same", text: "Pairs: the same effort" },
  { key: "d", action: "different", text: "Pairs: different efforts" },
  { key: "n", action: "unsure", text: "Pairs: not sure" },
  { key: "u", action: "undo", text: "Undo the last decision" },
  { key: "o", action: "open", text: "Open the evidence in the page" },
  { key: "e", action: "edit", text: "Open the change, to edit it" },
  { key: "?", action: "help", text: "Show these keys" },
] as const;

/** The sheet of keys. It needs the script, so without it nothing of it is ever seen. */
export const keysHelp = (): Html => html`<dialog id="keys" aria-labelledby="keys-title">
<h2 id="keys-title">Keys</h2>
<dl class="keys">${keys.map(({ key, action, text }) => html`<div><dt><kbd data-key="${key}" data-action="${action}">${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
<p class="muted">Keys rest while you type in a field.</p>
<div class="row"><button class="button quiet" type="button" data-toggle-keys aria-pressed="true">Keys are on</button><button class="button" type="button" data-close-help>Close</button></div>
</dialog>`;
