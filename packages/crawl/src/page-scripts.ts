/**
 * What runs inside a page. Written as text, because that is how it travels: nothing a compiler or a test runner
 * does to our functions may end up in there.
 */

/** Before any script of the page: takes away what a reader has no use for. Belt to the proxy's braces. */
export const takeAway = `
  for (const name of [
    "RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "WebTransport",
    "SharedWorker", "PushManager", "PresentationRequest", "PaymentRequest",
  ]) delete globalThis[name];
  globalThis.open = () => null;
  globalThis.print = globalThis.alert = () => {};
  globalThis.confirm = () => false;
  globalThis.prompt = () => null;
`;

/** How far a page has come. Text, not layout: that would cost more than the rest of the look. */
export const lookAtPage = `({
  isParsed: document.readyState !== "loading",
  length: document.documentElement?.textContent.length ?? 0,
})`;

/**
 * The page as HTML. What stands in open shadow roots is laid out in front of their hosts' own children, since
 * readers skip templates; the page has come to its end and may be changed. A declared charset would be wrong now.
 */
export const writePage = (lengthMax: number): string => `(() => {
  const roots = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (!element.shadowRoot) continue;
      visit(element.shadowRoot);
      roots.push(element.shadowRoot);
    }
  };
  visit(document);
  for (const root of roots) {
    root.host.prepend(...[...root.childNodes].map((node) => node.cloneNode(true)));
  }
  for (const meta of document.querySelectorAll("meta[charset]")) meta.setAttribute("charset", "utf-8");
  for (const meta of document.querySelectorAll("meta[http-equiv='content-type' i]")) {
    meta.setAttribute("content", "text/html; charset=utf-8");
  }
  const html = document.documentElement?.outerHTML ?? "";
  if (html.length > ${lengthMax}) return { length: html.length };
  return { length: html.length, html: (document.doctype ? "<!doctype html>" : "") + html };
})()`;
