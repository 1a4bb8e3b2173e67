import type { Call, OpenCall } from "../call.ts";
import { type Html, html } from "../parts/html.ts";
import { renderOpenPage } from "../parts/layout.ts";
import { Problem } from "../problem.ts";
import { createTryLimit } from "../security.ts";
import { findLinkAccount, signIn, signOut } from "../sign-in.ts";

/** How one gets in: told to whoever comes without a session. */
export async function showSignIn(call: OpenCall): Promise<Response> {
  return renderOpenPage(call, { title: "Sign in", body: signInBody() });
}

export const signInBody = (): Html => html`<h1>Sign in</h1>
<p>Waymark has no passwords. You come in with a link that works once.</p>
${howToGetLink()}`;

const howToGetLink = (): Html =>
  html`<p>Ask an admin for one. On the machine that runs Waymark, this makes one:</p>
<pre><code>pnpm waymark accounts link NAME</code></pre>`;

/** The two answers behind a link, which share how many wrong links one caller may try. */
export function createSignInAnswers(): {
  show(call: OpenCall): Promise<Response>;
  use(call: OpenCall): Promise<Response>;
} {
  const limit = createTryLimit({ triesMax: 10, windowMs: 60_000 });
  // The limit counts real time, whatever the domain clock says.
  const atMs = () => performance.now();
  const refuseWhenSpent = ({ caller }: OpenCall) => {
    if (limit.isSpent(caller, atMs()))
      throw new Problem(429, "Too many links that did not work.", "Wait a minute, then try again.");
  };
  const refuseLink = async (call: OpenCall): Promise<Response> => {
    limit.add(call.caller, atMs());
    return renderOpenPage(call, {
      title: "This link does not work",
      status: 401,
      body: html`<h1>This link does not work</h1>
<p>It was used already, is older than an hour, or is not complete.</p>
${howToGetLink()}`,
    });
  };
  return {
    // It changes nothing, since mail programs and chats open links to preview them.
    async show(call) {
      refuseWhenSpent(call);
      const account = await findLinkAccount(call.desk.db, call.c.req.param("secret") ?? "");
      if (!account) return refuseLink(call);
      return renderOpenPage(call, {
        title: "Sign in",
        body: html`<h1>Welcome, ${account.name}</h1>
<p>This link works once. It signs you in on this browser for up to a week.</p>
<form method="post"><button class="button accept large">Sign in as ${account.name}</button></form>`,
      });
    },
    async use(call) {
      refuseWhenSpent(call);
      const account = await signIn(call.c, call.desk, call.c.req.param("secret") ?? "");
      if (!account) return refuseLink(call);
      call.desk.log.info({ account: account.name }, "signed in");
      return call.c.redirect("/", 303);
    },
  };
}

/** Ends the session. */
export async function endSession(call: Call): Promise<Response> {
  await signOut(call.c, call.desk, call.viewer);
  return call.c.redirect("/sign-in", 303);
}
