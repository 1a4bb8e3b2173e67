import { type OpenCall, wantsJson } from "../call.ts";
import { html } from "../parts/html.ts";
import { renderOpenPage, renderPage } from "../parts/layout.ts";
import { type Problem, problemOf } from "../problem.ts";
import { signInBody } from "./sign-in.ts";

/** What somebody gets in place of the page: a sentence and what to do, as JSON for programs. */
export async function showProblem(call: OpenCall, error: unknown): Promise<Response> {
  const problem = problemOf(error);
  const { method } = call.c.req;
  if (problem.status === 500)
    call.desk.log.error({ err: error, method, path: call.c.req.routePath }, "request failed");
  if (wantsJson(call))
    return call.c.json(
      { error: { status: problem.status, message: problem.message, remedy: problem.remedy } },
      problem.status,
    );
  if (problem.status === 401)
    return renderOpenPage(call, { title: "Sign in", body: signInBody(), status: 401 });
  const { viewer } = call;
  const options = {
    title: titles[problem.status],
    body: bodyOf(call, problem),
    status: problem.status,
  };
  if (!viewer || problem.status === 413 || problem.status === 429)
    return renderOpenPage(call, options);
  // A page with its navigation asks the database, which may be the very thing that is away.
  return renderPage({ ...call, viewer }, { ...options, status: problem.status }).catch(() =>
    renderOpenPage(call, options),
  );
}

const titles: Record<Problem["status"], string> = {
  400: "That cannot be used",
  401: "Sign in",
  403: "Not for you to do",
  404: "Not here",
  409: "Somebody was faster",
  413: "Too much at once",
  429: "Not so fast",
  500: "Something went wrong",
};

function bodyOf(call: OpenCall, problem: Problem) {
  const changeId = problem.status === 409 ? call.c.req.param("id") : undefined;
  const isChange = call.c.req.path.startsWith("/changes/");
  return html`<div class="problem"><p class="muted">${problem.status}</p><h1>${titles[problem.status]}</h1>
<p>${problem.message}</p><p>${problem.remedy}</p>
<p class="row">${changeId && isChange && html`<a class="button accept" href="/changes/${encodeURIComponent(changeId)}">See how the change stands now</a>`}<a class="button quiet" href="/">Overview</a></p></div>`;
}
