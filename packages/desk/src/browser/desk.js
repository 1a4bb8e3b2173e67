/**
 * What the desk gains from a browser with scripts: keys, decisions without a page load, undo, focus that
 * stays where the work is, and words for those who hear the page. Every page works without it.
 */

/** @type {{ form: HTMLFormElement, card: HTMLElement, undo: string }[]} */
const decided = [];
/** The decision that is on its way to the server, if one is. */
let pending = Promise.resolve();
const live = document.getElementById("live");
const help = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));
const keysSetting = "waymark.keys";

document.documentElement.classList.add("has-script");

/** @param {string} text */
function announce(text) {
  if (!live) return;
  // The same words twice in a row would not be read out again.
  live.textContent = "";
  setTimeout(() => {
    live.textContent = text;
  }, 30);
}

/* Keys */

/** @returns {boolean} */
function keysAreOn() {
  try {
    return localStorage.getItem(keysSetting) !== "off";
  } catch {
    return true;
  }
}

/** The keys are written once, on the help sheet. @returns {Map<string, string>} */
function readKeys() {
  /** @type {Map<string, string>} */
  const actions = new Map();
  for (const shown of document.querySelectorAll("[data-key]")) {
    const { key, action } = /** @type {HTMLElement} */ (shown).dataset;
    if (!key || !action) continue;
    if (actions.has(key)) throw new Error(`two actions for the key ${key}`);
    actions.set(key, action);
  }
  return actions;
}

const actionOfKey = readKeys();

/** @type {Record<string, () => void>} */
const actions = {
  next: () => moveFocus(1),
  previous: () => moveFocus(-1),
  accept: () => press("accept"),
  reject: () => press("reject"),
  same: () => press("same"),
  different: () => press("different"),
  unsure: () => press("unsure"),
  undo: () => undoLast(),
  open: () => follow("[data-evidence]"),
  edit: () => openEdit(),
  help: () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (help?.open || isTyping(event.target)) return;
  const action = actionOfKey.get(event.key);
  if (!action || (!keysAreOn() && action !== "help")) return;
  event.preventDefault();
  actions[action]?.();
});

/** @param {EventTarget | null} target @returns {boolean} */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

/* The queue */

/** Changes that still wait, in the order of the page. @returns {HTMLElement[]} */
const waiting = () =>
  /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll("[data-change]:not([data-decided])"),
  ]);

/** The change that has the focus, else the one marked last, else the first. @returns {HTMLElement | undefined} */
function current() {
  const focused = document.activeElement?.closest("[data-change]:not([data-decided])");
  const marked = document.querySelector("[data-change].current:not([data-decided])");
  return /** @type {HTMLElement | undefined} */ (focused ?? marked ?? waiting()[0]);
}

/** @param {HTMLElement | undefined} card */
function focusCard(card) {
  if (!card) return;
  for (const other of document.querySelectorAll("[data-change].current"))
    other.classList.remove("current");
  card.classList.add("current");
  card.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

/** @param {1 | -1} step */
function moveFocus(step) {
  const cards = waiting();
  const hasStarted = document.querySelector("[data-change].current:not([data-decided])") !== null;
  const at = cards.indexOf(/** @type {HTMLElement} */ (current()));
  focusCard(hasStarted ? cards[at + step] : cards[Math.max(0, at)]);
}

/** @param {"accept" | "reject" | "same" | "different" | "unsure"} verdict */
function press(verdict) {
  const card = current();
  const button = card?.querySelector(`[data-decide] button[value="${verdict}"]`);
  if (button instanceof HTMLButtonElement) button.click();
}

/** @param {string} selector */
function follow(selector) {
  const link = current()?.querySelector(selector);
  if (link instanceof HTMLAnchorElement) location.assign(link.href);
}

function openEdit() {
  const form = document.getElementById("edit");
  if (!(form instanceof HTMLDetailsElement)) return follow("[data-open]");
  form.open = true;
  const field = form.querySelector("input:not([type=hidden]), textarea, select");
  if (field instanceof HTMLElement) field.focus();
}

/* Decisions */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-decide]")) return;
  const button = event.submitter;
  const card = form.closest("[data-queue] [data-change]");
  // On the page of one change the plain form does: there is no next one to go to.
  if (!(button instanceof HTMLButtonElement) || !(card instanceof HTMLElement)) return;
  event.preventDefault();
  pending = decide(form, card, { verdict: button.value, done: doneWords(button) });
});

/** What is said once it is done. @param {HTMLButtonElement} button @returns {string} */
const doneWords = (button) =>
  button.dataset.done ?? (button.value === "accept" ? "Accepted" : "Rejected");

/** The change counts as decided at once; if the server says otherwise, it comes back with the reason.
 * @param {HTMLFormElement} form @param {HTMLElement} card @param {{ verdict: string, done: string }} decision */
async function decide(form, card, { verdict, done }) {
  if (card.dataset.decided !== undefined) return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  body.set("verdict", verdict);
  const cards = waiting();
  const at = cards.indexOf(card);
  const strip = showDecided(card, { verdict, done });
  const counts = form.elements.namedItem("version") !== null;
  if (counts) changeCount(-1);
  focusCard(cards[at + 1] ?? cards[at - 1]);
  const left = waiting().length;
  announce(`${done}: ${card.dataset.title}. ${left} left on this page.`);
  try {
    const { undo } = await post(form.action, body);
    const button = strip.querySelector("button");
    // A judgement is not undone: another one takes its place.
    if (!undo) return button?.remove();
    const entry = { form, card, undo };
    decided.push(entry);
    if (button) {
      button.disabled = false;
      button.addEventListener("click", () => undoOne(entry));
    }
  } catch (error) {
    showWaiting(card);
    if (counts) changeCount(1);
    showTrouble(card, error);
  }
}

/** @param {HTMLElement} card @param {{ verdict: string, done: string }} decision @returns {HTMLElement} */
function showDecided(card, { verdict, done }) {
  card.dataset.decided = verdict;
  card.classList.remove("current");
  const strip = document.createElement("div");
  strip.className = `decided ${verdict}`;
  const words = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = card.dataset.title ?? "";
  words.append(`${done}: `, strong);
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button quiet";
  undo.textContent = "Undo";
  undo.disabled = true;
  strip.append(words, undo);
  card.prepend(strip);
  return strip;
}

/** @param {HTMLElement} card */
function showWaiting(card) {
  delete card.dataset.decided;
  card.querySelector(".decided")?.remove();
}

/** @param {HTMLElement} card @param {unknown} error */
function showTrouble(card, error) {
  card.querySelector(".trouble")?.remove();
  const text = error instanceof Error ? error.message : "The desk did not answer. Try again.";
  const note = document.createElement("p");
  note.className = "trouble";
  note.textContent = `${text} `;
  const open = card.querySelector("[data-open]");
  if (open instanceof HTMLAnchorElement) {
    const link = document.createElement("a");
    link.href = open.href;
    link.textContent = "See how it stands now";
    note.append(link);
  }
  card.prepend(note);
  focusCard(card);
  announce(`Not decided: ${card.dataset.title}. ${text}`);
}

async function undoLast() {
  await pending;
  const last = decided.at(-1);
  if (last) return undoOne(last);
  // After a page load the note at the top holds the last decision.
  const form = document.querySelector('.note form[action$="/undo"]');
  if (form instanceof HTMLFormElement) form.requestSubmit();
  else announce("There is nothing to undo on this page.");
}

/** @param {{ form: HTMLFormElement, card: HTMLElement, undo: string }} entry */
async function undoOne(entry) {
  const at = decided.indexOf(entry);
  if (at < 0) return;
  decided.splice(at, 1);
  const body = new URLSearchParams({ csrf: String(new FormData(entry.form).get("csrf")) });
  try {
    const { version } = await post(entry.undo, body);
    showWaiting(entry.card);
    changeCount(1);
    const field = entry.form.elements.namedItem("version");
    if (field instanceof HTMLInputElement) field.value = String(version);
    focusCard(entry.card);
    announce(`Undone: ${entry.card.dataset.title} waits again.`);
  } catch (error) {
    decided.splice(at, 0, entry);
    showTrouble(entry.card, error);
  }
}

/** @param {string} url @param {URLSearchParams} body */
async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: { accept: "application/json" },
  }).catch(() => {
    throw new Error("The desk cannot be reached. Nothing was decided.");
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Error(said.error?.message ?? "The desk did not take it. Reload the page.");
}

/** @param {number} by */
function changeCount(by) {
  for (const shown of document.querySelectorAll("[data-waiting]")) {
    const number = shown.firstChild;
    if (number) number.textContent = String(Math.max(0, Number(number.textContent) + by));
  }
}

/* The sheet of keys */

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.matches("[data-open-help]")) help?.showModal();
  if (button.matches("[data-close-help]")) help?.close();
  if (button.matches("[data-toggle-keys]")) {
    try {
      localStorage.setItem(keysSetting, keysAreOn() ? "off" : "on");
    } catch {
      // Without storage the keys stay as they are.
    }
    showKeysSetting();
  }
});

function showKeysSetting() {
  const isOn = keysAreOn();
  document.documentElement.classList.toggle("keys-off", !isOn);
  for (const button of document.querySelectorAll("[data-toggle-keys]")) {
    button.setAttribute("aria-pressed", String(isOn));
    button.textContent = isOn ? "Keys are on" : "Keys are off";
  }
}

showKeysSetting();

const quote = document.getElementById("quote");
if (quote && location.hash === "#quote") {
  quote.scrollIntoView({ block: "center" });
  quote.focus({ preventScroll: true });
}
