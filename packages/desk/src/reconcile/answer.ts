import type { OpenCall } from "../call.ts";
import { Problem, problemOf } from "../problem.ts";

/**
 * Any page may read these answers: a program asks with the token in its address, and no cookie is ever
 * looked at, so there is nothing that another site could borrow.
 */
export const openHeaders = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
} as const;

/** What may be asked from another site, for a browser that asks before it asks. */
export const answerPreflight = ({ c }: OpenCall): Response =>
  c.body(null, 204, {
    ...openHeaders,
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": "content-type, accept, x-requested-with",
    "access-control-max-age": "86400",
  });

/** An answer as JSON, or as a call of the function that an older browser names. */
export function answerJson({ c }: OpenCall, body: object): Response {
  const callback = c.req.query("callback");
  if (callback === undefined) return c.json(body, 200, openHeaders);
  if (!/^[A-Za-z_$][\w$]{0,63}(\.[A-Za-z_$][\w$]{0,63}){0,3}$/.test(callback))
    throw new Problem(400, "The callback is not the name of a function.", "Ask without it.");
  // The comment keeps the answer from being taken for anything but a script; the two line ends are none in JSON.
  const json = JSON.stringify(body).replace(
    /[\u2028\u2029<]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return c.body(`/**/${callback}(${json});`, 200, {
    ...openHeaders,
    "content-type": "text/javascript; charset=utf-8",
  });
}

/** Why a program gets no answer: a sentence and what to do, readable from any page. */
export function answerProblem({ c, desk }: OpenCall, error: unknown): Response {
  const { status, message, remedy } = problemOf(error);
  if (status === 500) desk.log.error({ err: error, path: c.req.routePath }, "request failed");
  return c.json({ error: { status, message, remedy } }, status, openHeaders);
}
