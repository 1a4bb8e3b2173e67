import { createAccessToken, createSignInLink } from "@waymark/desk";
import { type Account, BadInput, Role, roles } from "@waymark/domain";
import {
  findAccount,
  listAccounts,
  type Pool,
  removeAccessTokens,
  saveAccount,
} from "@waymark/store";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Config } from "../config.ts";
import { withDatabase } from "../session.ts";
import { count, note, print, printJson, printTable } from "../terminal.ts";

export function addAccounts(program: Command): void {
  const accounts = program
    .command("accounts")
    .summary("who may use the desk")
    .description(
      `Who may use the desk. Each role may do what those before it may: ${roles.join(", ")}.`,
    );
  accounts
    .command("list")
    .summary("every account")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark accounts list")
    .action(list);
  accounts
    .command("add")
    .argument("<name>")
    .summary("add an account, and print a link that signs it in once")
    .addOption(new Option("--role <role>", "what it may do").choices(roles).makeOptionMandatory())
    .addHelpText("after", "\nExample:\n  waymark accounts add rosa --role curator")
    .action(add);
  accounts
    .command("link")
    .argument("<name>")
    .summary("print a link that signs an account in once, within the hour")
    .addHelpText("after", "\nExample:\n  waymark accounts link rosa")
    .action(link);
  accounts
    .command("token")
    .argument("<name>")
    .summary("print an address at which OpenRefine asks the catalog, in an account's name")
    .description(
      "Makes an access token, and prints the address of the reconciliation service with it: whoever has the address may look the catalog up, and nothing more. Of the token only a hash is kept, so it is printed this once.",
    )
    .option("--days <number>", "how long it holds", days, 90)
    .option("--revoke", "make none, and end all that the account has")
    .addHelpText(
      "after",
      "\nExamples:\n  waymark accounts token rosa --days 30\n  waymark accounts token rosa --revoke",
    )
    .action(token);
  accounts
    .command("set")
    .argument("<name>")
    .summary("change what an account may do")
    .addOption(new Option("--role <role>", "what it may do").choices(roles))
    .addOption(new Option("--disable", "let it in no more").conflicts("enable"))
    .option("--enable", "let it in again")
    .addHelpText("after", "\nExample:\n  waymark accounts set rosa --role operator")
    .action(set);
}

const list = ({ json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const accounts = await listAccounts(db);
    if (json) {
      printJson(accounts);
      return;
    }
    if (accounts.length === 0) {
      print("There is no account yet; the first start of the desk makes one.");
      return;
    }
    printTable(
      ["name", "role", "state"],
      accounts.map(({ name, role, disabled }) => [
        name,
        role,
        disabled ? "disabled" : "may sign in",
      ]),
    );
  });

const add = (name: string, { role }: { role: string }): Promise<void> =>
  withDatabase(async (db, { config }) => {
    if (name.trim() === "") throw new BadInput("an account needs a name");
    if (await findAccount(db, name)) {
      throw new BadInput(
        `there is an account "${name}" already; \`waymark accounts set\` changes it`,
      );
    }
    const given = { accountName: name, role: Role.parse(role), baseUrl: deskUrl(config) };
    const signInLink = await createSignInLink(db, given);
    note(`${name} may act as ${role}. This link signs in once, within the hour:`);
    print(signInLink);
  });

const link = (name: string): Promise<void> =>
  withDatabase(async (db, { config }) => {
    await loadAccount(db, name);
    print(await createSignInLink(db, { accountName: name, baseUrl: deskUrl(config) }));
  });

const token = (
  name: string,
  { days: held, revoke }: { days: number; revoke?: true },
): Promise<void> =>
  withDatabase(async (db, { config }) => {
    const account = await loadAccount(db, name);
    if (revoke) {
      const ended = await removeAccessTokens(db, account.id);
      print(`${count(ended, "token")} of ${name} ended`);
      return;
    }
    const secret = await createAccessToken(db, { accountName: name, days: held });
    note(
      `In OpenRefine, add this as a standard reconciliation service. It holds for ${count(held, "day")}:`,
    );
    print(new URL(`/reconcile/${secret}`, deskUrl(config)).href);
  });

function days(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("write a whole number of days, from 1 to 999.");
}

type SetOptions = { role?: Role; disable?: true; enable?: true };

const set = (name: string, { role, disable, enable }: SetOptions): Promise<void> =>
  withDatabase(async (db) => {
    const account = await loadAccount(db, name);
    if (!role && !disable && !enable) {
      throw new BadInput("say what to change: --role, --disable or --enable");
    }
    const disabled = disable ? true : enable ? false : account.disabled;
    const changed = { ...account, role: role ?? account.role, disabled };
    await saveAccount(db, changed);
    print(`${name}: ${changed.role}${changed.disabled ? ", disabled" : ""}`);
  });

async function loadAccount(db: Pool, name: string): Promise<Account> {
  const account = await findAccount(db, name);
  if (account) return account;
  throw new BadInput(`there is no account "${name}"; \`waymark accounts list\` shows them all`);
}

/** Where people reach the desk of these settings, running or not. */
const deskUrl = ({ url, host, port }: Config): string =>
  url ?? `http://${["0.0.0.0", "::"].includes(host) ? "localhost" : host}:${port}`;
