const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join("");
/** Each entity is ten of the one before. */
const entities = (count: number) =>
  times(count, (i) => `<!ENTITY a${i} "${i === 0 ? "aaaaaaaaaa" : `&a${i - 1};`.repeat(10)}">`);
/** Documents of XML made to break their reader, around the given root and entry. */
export const xmlBombs: Record<string, (root: string, entry: string) => string> = {
  "a billion laughs": (root, entry) =>
    `<!DOCTYPE x [${entities(10)}]><${root}><${entry}><loc>http://a.example/&a9;</loc><title>&a9;</title></${entry}></${root}>`,
  "quadratic entity": (root, entry) =>
    `<!DOCTYPE x [<!ENTITY a "${"a".repeat(1e5)}">]><${root}><${entry}><loc>${"&a;".repeat(1e5)}</loc></${entry}></${root}>`,
  "entities in a circle": (root, entry) =>
    `<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><${root}><${entry}><loc>&a;</loc></${entry}></${root}>`,
  "external entity": (root, entry) =>
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><${root}><${entry}><loc>http://a.example/&a;</loc><title>&a;</title></${entry}></${root}>`,
  "external parameter entity": (root, entry) =>
    `<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]><${root}><${entry}><loc>http://a.example/</loc></${entry}></${root}>`,
  "external doctype": (root, entry) =>
    `<!DOCTYPE x SYSTEM "file:///etc/passwd"><${root}><${entry}><loc>http://a.example/</loc></${entry}></${root}>`,
  "100,000 declared entities": (root, entry) =>
    `<!DOCTYPE x [${times(1e5, (i) => `<!ENTITY e${i} "x">`)}]><${root}><${entry}><loc>http://a.example/&e1;</loc></${entry}></${root}>`,
  "nested 200,000 deep": (root, entry) => `<${root}>${`<${entry}>`.repeat(2e5)}`,
  "nested names 200,000 deep": (root) => `<${root}>${times(2e5, (i) => `<a${i}>`)}`,
  "a million attributes": (root, entry) =>
    `<${root} ${times(1e6, (i) => `a${i}="1" `)}><${entry}></${entry}></${root}>`,
  "an attribute of 20 MB": (root, entry) =>
    `<${root} a="${"a".repeat(2e7)}"><${entry}></${entry}></${root}>`,
  "a million namespaces": (root, entry) =>
    `<${root} ${times(2e5, (i) => `xmlns:n${i}="u" `)}><${entry}></${entry}></${root}>`,
  "character data of 20 MB": (root, entry) =>
    `<${root}><${entry}><loc><![CDATA[${"x".repeat(2e7)}]]></loc></${entry}></${root}>`,
  "character data never closed": (root, entry) =>
    `<${root}><${entry}><loc>${"<![CDATA[".repeat(5e5)}`,
  "comments never closed": (root, entry) => `<${root}><${entry}>${"<!--".repeat(1e6)}`,
  "numeric entities by the million": (root, entry) =>
    `<${root}><${entry}><loc>${"&#65;".repeat(1e6)}</loc></${entry}></${root}>`,
  "names of a megabyte": (root) => `<${root}><${"a".repeat(1e6)}></${"a".repeat(1e6)}></${root}>`,
};
