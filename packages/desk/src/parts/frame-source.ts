/**
 * A page of the web for the sandboxed frame: without what acts on its own or sets up connections before
 * any policy is asked (link, meta, base), without scripts, frames and forms. The header's policy with its
 * `sandbox` is what protects; this only keeps the browser from reaching out.
 */
export const frameSource = (source: string): string =>
  source
    .replace(/<(script|style|iframe|object|noscript|template)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replace(
      /<\/?(script|style|link|meta|base|form|iframe|object|embed|frame|frameset|portal|noscript|template)\b[^>]*(>|$)/gi,
      "",
    )
    .replace(
      /\s(?:on[a-z]+|srcset|src|href|action|formaction|ping|background|poster)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi,
      "",
    );
