import { expect, test } from "vitest";
import { checkUrl } from "./url-policy.ts";

const check = (url: string, reason?: RegExp): void =>
  test(`${JSON.stringify(url.slice(0, 60))} ${reason ?? "is allowed"}`, () => {
    if (reason) expect(checkUrl(url)).toMatch(reason);
    else expect(checkUrl(url)).toBeUndefined();
  });

check("http://example.org/");
check("https://example.org:8443/a?b=c#d");
check("http://bücher.example/straße");
check("http://[2606:4700::1]/");
check("ftp://example.org/", /scheme ftp:/);
check("file:///etc/passwd", /scheme file:/);
check("data:text/html,hi", /scheme data:/);
check("javascript:alert(1)", /scheme javascript:/);
check("blob:http://example.org/1", /scheme blob:/);
check("ws://example.org/", /scheme ws:/);
check("gopher://example.org/", /scheme gopher:/);
check("about:blank", /scheme about:/);
check("http://user@example.org/", /user name/);
check("http://user:pass@example.org/", /user name/);
check("http://example.org@10.0.0.1/", /user name/);
check("http://example.org\\@10.0.0.1/", /backslash/);
check("http://exam\tple.org/", /control/);
check("http://example.org/\r\nHost: evil", /control/);
check("http://example.org/\0", /control/);
check("/relative", /not an address/);
check("", /not an address/);
check("http://", /not an address/);
check(`http://example.org/${"a".repeat(5000)}`, /characters/);
