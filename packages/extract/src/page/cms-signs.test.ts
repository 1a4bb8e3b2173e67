import type { CmsSign } from "@waymark/domain";
import { expect, test } from "vitest";
import { cmsSign } from "./cms-signs.ts";
import { parsePage } from "./page.ts";

const page = "https://www.example.org/programs/a";
const check = (
  name: string,
  html: string,
  expected: [kind: CmsSign["kind"], api: string] | undefined,
  url = page,
): void =>
  test(name, () => {
    const { head, source } = parsePage(url, html);
    expect(cmsSign(head, source, url)).toEqual(expected && { kind: expected[0], api: expected[1] });
  });

check(
  "WordPress names its API",
  '<link rel="https://api.w.org/" href="https://www.example.org/wp-json/" /><meta name="generator" content="WordPress 6.5">',
  ["wordpress", "https://www.example.org/wp-json/"],
);
check(
  "WordPress without pretty addresses",
  '<link rel="https://api.w.org/" href="/index.php?rest_route=/">',
  ["wordpress", "https://www.example.org/index.php?rest_route=/"],
);
check(
  "WordPress under another name",
  '<base href="https://www.example.org/blog/"><link rel="https://api.w.org/" href="api/">',
  ["wordpress", "https://www.example.org/blog/api/"],
);
check(
  "an API that is no address",
  '<link rel="https://api.w.org/" href="javascript:alert(1)">',
  undefined,
);
check("WordPress names itself only", '<meta name="generator" content="WordPress 5.2">', [
  "wordpress",
  "https://www.example.org/wp-json/",
]);
check(
  "WordPress shows its folder",
  '<link rel="stylesheet" href="/wp-content/themes/x/style.css"><p>Hello</p>',
  ["wordpress", "https://www.example.org/wp-json/"],
);
check(
  "WordPress shows its folder by the whole address, without www",
  "<script src='https://example.org/wp-includes/js/x.js'></script>",
  ["wordpress", "https://www.example.org/wp-json/"],
);
check(
  "WordPress in the folder the page is in",
  '<img src="https://www.example.org/programs/wp-content/uploads/a.png">',
  ["wordpress", "https://www.example.org/programs/wp-json/"],
);
check(
  "WordPress whose programs lie in a folder of their own",
  '<img src="/core/wp-content/uploads/a.png">',
  ["wordpress", "https://www.example.org/wp-json/"],
);
check(
  "a picture from another site's WordPress",
  '<img src="https://partner.example/wp-content/uploads/a.png">',
  undefined,
);
check("a text that tells of WordPress", "<p>Look into /wp-content/ for pictures.</p>", undefined);
check(
  "an EditURI of WordPress is no wiki",
  '<link rel="EditURI" type="application/rsd+xml" href="https://www.example.org/xmlrpc.php?rsd">',
  undefined,
);

check(
  "MediaWiki names its API",
  '<meta name="generator" content="MediaWiki 1.39.1"><link rel="EditURI" type="application/rsd+xml" href="//www.example.org/w/api.php?action=rsd">',
  ["mediawiki", "https://www.example.org/w/api.php"],
);
check(
  "MediaWiki shows where its programs lie",
  '<meta name="generator" content="MediaWiki 1.43.0"><link rel="stylesheet" href="/mw/load.php?lang=en">',
  ["mediawiki", "https://www.example.org/mw/api.php"],
);
check(
  "MediaWiki at the root",
  '<meta name="generator" content="MediaWiki 1.31.0"><script src="/load.php?lang=en"></script>',
  ["mediawiki", "https://www.example.org/api.php"],
);
check("MediaWiki names itself only", '<meta name="generator" content="MediaWiki 1.31.0">', [
  "mediawiki",
  "https://www.example.org/w/api.php",
]);

const settings = (baseUrl: string): string =>
  `<script type="application/json" data-drupal-selector="drupal-settings-json">{"path":{"baseUrl":"${baseUrl}","pathPrefix":"en\\/","currentPath":"node\\/7"}}</script>`;
check("Drupal shows its settings", settings("\\/"), ["drupal", "https://www.example.org/jsonapi"]);
check("Drupal in a folder", settings("\\/site\\/"), [
  "drupal",
  "https://www.example.org/site/jsonapi",
]);
check("Drupal with settings that lead away", settings("\\/\\/evil.example\\/"), undefined);
check(
  "Drupal names itself",
  '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">',
  ["drupal", "https://www.example.org/jsonapi"],
);
check(
  "Drupal 7 has no such lists",
  '<meta name="Generator" content="Drupal 7 (http://drupal.org)"><script>jQuery.extend(Drupal.settings, {"basePath":"\\/"});</script>',
  undefined,
);
check(
  "Drupal with a picture from a WordPress site",
  `${settings("\\/")}<img src="https://partner.example/wp-content/a.png">`,
  ["drupal", "https://www.example.org/jsonapi"],
);

check("other systems", '<meta name="generator" content="Hugo 0.120"><h1>Hello</h1>', undefined);
check("nothing", "", undefined);
check(
  "a host with a port",
  '<link rel="stylesheet" href="/wp-content/x.css">',
  ["wordpress", "http://example.org:8080/wp-json/"],
  "http://example.org:8080/",
);
check("a long page without end of its attributes", `<p ${"src=a".repeat(200_000)}`, undefined);
