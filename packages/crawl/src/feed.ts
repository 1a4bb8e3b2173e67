/** Whether bytes begin as a feed does: RSS, Atom, RDF or JSON Feed. */
export function looksLikeFeed(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1500));
  const text = head.toString("latin1");
  return (
    /^\s*(?:\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<\?[^>]*>\s*|<!--[\s\S]*?-->\s*)*<(rss|feed|rdf:rdf)[\s>]/i.test(
      text,
    ) ||
    /^\s*\{[\s\S]{0,400}"https?:\/\/(www\.)?jsonfeed\.org\/version\//.test(
      text.replaceAll("\\/", "/"),
    )
  );
}
