import { type Account, Role, roles } from "@waymark/domain";
import { listAccounts, saveAccount } from "@waymark/store";
import { z } from "zod";
import type { Call } from "../call.ts";
import { pathTo } from "../parts/address.ts";
import { actionButton, choice, csrfField, readForm, textField } from "../parts/form.ts";
import { type Html, html } from "../parts/html.ts";
import { pageHead, renderPage } from "../parts/layout.ts";
import { table } from "../parts/table.ts";
import { notFound, Problem } from "../problem.ts";
import { createAccount, createSignInLink } from "../sign-in.ts";

const roleWords: Record<Role, string> = {
  reader: "sees everything",
  curator: "decides on changes",
  operator: "runs the sources",
  admin: "manages accounts",
};

/** Who may come in, and as what. */
export async function showAccounts(call: Call): Promise<Response> {
  return renderAccounts(call, undefined);
}

async function renderAccounts(call: Call, above: Html | undefined): Promise<Response> {
  const accounts = await listAccounts(call.desk.db);
  return renderPage(call, {
    title: "Accounts",
    place: "/accounts",
    body: html`${pageHead({
      title: "Accounts",
      lead: "There are no passwords: who wants to come in gets a link that works once, within the hour.",
    })}
${above}
${table({
  caption: "Everyone with an account",
  columns: ["Name", { name: "Role", wide: true }, "Sign-in link", ""],
  rows: accounts.map((account) => accountRow(call, account)),
})}
<section class="card"><h2>Add an account</h2>
<form method="post" action="/accounts">${csrfField(call)}<div class="form-grid">
${textField({ name: "name", label: "Name", required: true })}
${choice({ name: "role", label: "Role", choices: roles.map((role) => [role, `${role}: ${roleWords[role]}`] as const), chosen: "curator" })}
</div><button class="button accept">Add the account</button></form></section>`,
  });
}

function accountRow(call: Call, account: Account): unknown[] {
  const path = pathTo("accounts", account.id);
  const isSelf = account.id === call.viewer.account.id;
  const name = html`<strong>${account.name}</strong>${isSelf && html` <span class="muted">(you)</span>`}${account.disabled && html` <span class="badge bad">disabled</span>`}`;
  if (isSelf)
    return [
      name,
      account.role,
      "",
      html`<span class="muted small">Another admin changes yours.</span>`,
    ];
  return [
    name,
    html`<form method="post" action="${path}" class="inline">${csrfField(call)}<label class="visually-hidden" for="role-${account.id}">Role of ${account.name}</label><select id="role-${account.id}" name="role">${roles.map((role) => html`<option${role === account.role && html` selected`}>${role}</option>`)}</select> <button class="button quiet">Set</button></form>`,
    !account.disabled &&
      actionButton(call, {
        action: `${path}/link`,
        label: html`New link<span class="visually-hidden"> for ${account.name}</span>`,
      }),
    html`<form method="post" action="${path}" class="inline">${csrfField(call)}<input type="hidden" name="disabled" value="${account.disabled ? "no" : "yes"}"><button class="button bare">${account.disabled ? "Enable" : "Disable"}<span class="visually-hidden"> ${account.name}</span></button></form>`,
  ];
}

const AddAccount = z.looseObject({
  name: z.string().trim().min(1, "an account needs a name").max(100),
  role: Role,
});

/** Adds an account. */
export async function addAccount(call: Call): Promise<Response> {
  const { name, role } = await readForm(call, AddAccount);
  await createAccount(call.desk.db, name, role);
  call.desk.log.info({ account: name, role, who: call.viewer.account.name }, "account added");
  return call.c.redirect("/accounts", 303);
}

const ChangeAccount = z.looseObject({
  role: Role.optional(),
  disabled: z.enum(["yes", "no"]).optional(),
});

/** Gives an account another role, disables it, or enables it again. */
export async function changeAccount(call: Call): Promise<Response> {
  const account = await loadAccount(call);
  // So that there is always an admin left.
  if (account.id === call.viewer.account.id)
    throw new Problem(
      400,
      "Nobody changes their own role or disables themselves.",
      "Ask another admin to do it.",
    );
  const form = await readForm(call, ChangeAccount);
  const role = form.role ?? account.role;
  const disabled = form.disabled === undefined ? account.disabled : form.disabled === "yes";
  await saveAccount(call.desk.db, { id: account.id, role, disabled });
  call.desk.log.info(
    { account: account.name, role, disabled, who: call.viewer.account.name },
    "account changed",
  );
  return call.c.redirect("/accounts", 303);
}

/** Makes a one-time link and shows it, this once. */
export async function makeSignInLink(call: Call): Promise<Response> {
  const { desk, c } = call;
  const account = await loadAccount(call);
  const link = await createSignInLink(desk.db, {
    accountName: account.name,
    baseUrl: desk.baseUrl?.href ?? new URL(c.req.url).origin,
  });
  desk.log.info({ account: account.name, who: call.viewer.account.name }, "sign-in link made");
  return renderAccounts(
    call,
    html`<div class="note" role="status"><p>A link for <strong>${account.name}</strong>. It is shown only now, works once, and only within the hour.</p><p><code class="secret">${link}</code></p></div>`,
  );
}

async function loadAccount({ c, desk }: Call): Promise<Account> {
  const accounts = await listAccounts(desk.db);
  const account = accounts.find(({ id }) => id === c.req.param("id"));
  if (!account) throw notFound("such account");
  return account;
}
