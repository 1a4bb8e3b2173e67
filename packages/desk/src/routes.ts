import type { Role } from "@waymark/domain";
import { sendAsset } from "./assets.ts";
import type { Call, OpenCall, TokenCall } from "./call.ts";
import { addAccount, changeAccount, makeSignInLink, showAccounts } from "./pages/accounts.ts";
import { showChange } from "./pages/change.ts";
import { showChanges } from "./pages/changes.ts";
import { decide, undo } from "./pages/decide.ts";
import { showDecisions } from "./pages/decisions.ts";
import { sendSnapshot, showEvidence } from "./pages/evidence.ts";
import {
  sendCatalogCsv,
  sendCatalogLines,
  sendChanges,
  sendEvents,
  sendGrants,
  sendSuppressed,
} from "./pages/exports.ts";
import { showHealth } from "./pages/health.ts";
import { showInitiative } from "./pages/initiative.ts";
import { showInitiatives } from "./pages/initiatives.ts";
import { showOverview } from "./pages/overview.ts";
import { judge, showPairs } from "./pages/pairs.ts";
import { showRun } from "./pages/run.ts";
import { showRuns } from "./pages/runs.ts";
import { createSignInAnswers, endSession, showSignIn } from "./pages/sign-in.ts";
import { showSource } from "./pages/source.ts";
import {
  acceptSource,
  addSource,
  crawlSource,
  pauseSource,
  resumeSource,
  showSources,
} from "./pages/sources.ts";
import { askSplit, split } from "./pages/split.ts";
import { showSuppressed } from "./pages/suppressed.ts";
import { askUnmerge, unmerge } from "./pages/unmerge.ts";
import { answerPreflight } from "./reconcile/answer.ts";
import { showPreview } from "./reconcile/preview.ts";
import { createReconciliation } from "./reconcile/service.ts";

/**
 * One address of the desk: how it is asked, who may, and what answers. A route that names nobody does not
 * compile, and one for a role cannot be answered by a function that does without a viewer's call.
 */
export type Route = { method: "GET" | "POST" | "OPTIONS"; path: `/${string}` } & (
  | { needs: "nobody"; answer: (call: OpenCall) => Promise<Response> }
  /** The token is in the path, as `:token`; no cookie is looked at. */
  | { needs: "token"; answer: (call: TokenCall) => Promise<Response> }
  | { needs: Role; answer: (call: Call) => Promise<Response> }
);

/** Everything the desk answers. The permission tests are generated from this table. */
export function createRoutes(): Route[] {
  const link = createSignInAnswers();
  const reconciliation = createReconciliation();
  return [
    { method: "GET", path: "/health", needs: "nobody", answer: showHealth },
    { method: "GET", path: "/assets/:name", needs: "nobody", answer: sendAsset },
    { method: "GET", path: "/sign-in", needs: "nobody", answer: showSignIn },
    { method: "GET", path: "/sign-in/:secret", needs: "nobody", answer: link.show },
    { method: "POST", path: "/sign-in/:secret", needs: "nobody", answer: link.use },
    { method: "POST", path: "/sign-out", needs: "reader", answer: endSession },

    { method: "GET", path: "/", needs: "reader", answer: showOverview },
    { method: "GET", path: "/changes", needs: "reader", answer: showChanges },
    { method: "GET", path: "/changes/:id", needs: "reader", answer: showChange },
    { method: "POST", path: "/changes/:id/decision", needs: "curator", answer: decide },
    { method: "GET", path: "/decisions", needs: "reader", answer: showDecisions },
    { method: "POST", path: "/decisions/:id/undo", needs: "curator", answer: undo },
    { method: "GET", path: "/pairs", needs: "reader", answer: showPairs },
    { method: "POST", path: "/pairs/:id/judgement", needs: "curator", answer: judge },
    { method: "GET", path: "/suppressed", needs: "reader", answer: showSuppressed },
    { method: "GET", path: "/pages/:id/evidence", needs: "reader", answer: showEvidence },
    { method: "GET", path: "/snapshots/:id", needs: "reader", answer: sendSnapshot },

    { method: "GET", path: "/initiatives", needs: "reader", answer: showInitiatives },
    { method: "GET", path: "/initiatives/:id", needs: "reader", answer: showInitiative },
    { method: "GET", path: "/initiatives/:id/unmerge", needs: "curator", answer: askUnmerge },
    { method: "POST", path: "/initiatives/:id/unmerge", needs: "curator", answer: unmerge },
    { method: "GET", path: "/initiatives/:id/split", needs: "curator", answer: askSplit },
    { method: "POST", path: "/initiatives/:id/split", needs: "curator", answer: split },

    { method: "GET", path: "/sources", needs: "reader", answer: showSources },
    { method: "POST", path: "/sources", needs: "operator", answer: addSource },
    { method: "GET", path: "/sources/:id", needs: "reader", answer: showSource },
    { method: "POST", path: "/sources/:id/crawl", needs: "operator", answer: crawlSource },
    { method: "POST", path: "/sources/:id/pause", needs: "operator", answer: pauseSource },
    { method: "POST", path: "/sources/:id/resume", needs: "operator", answer: resumeSource },
    { method: "POST", path: "/sources/:id/accept", needs: "curator", answer: acceptSource },
    { method: "GET", path: "/runs", needs: "reader", answer: showRuns },
    { method: "GET", path: "/runs/:id", needs: "reader", answer: showRun },

    { method: "GET", path: "/export/changes.jsonl", needs: "reader", answer: sendChanges },
    { method: "GET", path: "/export/suppressed.jsonl", needs: "reader", answer: sendSuppressed },
    { method: "GET", path: "/export/catalog.jsonl", needs: "reader", answer: sendCatalogLines },
    { method: "GET", path: "/export/events.jsonl", needs: "reader", answer: sendEvents },
    { method: "GET", path: "/export/grants.jsonl", needs: "reader", answer: sendGrants },
    { method: "GET", path: "/export/catalog.csv", needs: "reader", answer: sendCatalogCsv },

    { method: "GET", path: "/reconcile/:token", needs: "token", answer: reconciliation.answer },
    { method: "POST", path: "/reconcile/:token", needs: "token", answer: reconciliation.answer },
    {
      method: "GET",
      path: "/reconcile/:token/suggest/entity",
      needs: "token",
      answer: reconciliation.suggestEntities,
    },
    {
      method: "GET",
      path: "/reconcile/:token/suggest/type",
      needs: "token",
      answer: reconciliation.suggestTypes,
    },
    {
      method: "GET",
      path: "/reconcile/:token/suggest/property",
      needs: "token",
      answer: reconciliation.suggestProperties,
    },
    {
      method: "GET",
      path: "/reconcile/:token/properties",
      needs: "token",
      answer: reconciliation.proposeProperties,
    },
    { method: "GET", path: "/reconcile/:token/preview", needs: "token", answer: showPreview },
    {
      method: "OPTIONS",
      path: "/reconcile/*",
      needs: "nobody",
      answer: async (call) => answerPreflight(call),
    },

    { method: "GET", path: "/accounts", needs: "admin", answer: showAccounts },
    { method: "POST", path: "/accounts", needs: "admin", answer: addAccount },
    { method: "POST", path: "/accounts/:id", needs: "admin", answer: changeAccount },
    { method: "POST", path: "/accounts/:id/link", needs: "admin", answer: makeSignInLink },
  ];
}
