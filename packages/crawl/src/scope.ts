import { checkUrl } from "./url-policy.ts";

/**
 * Whether an address belongs to a source. A scope entry is an origin with a path prefix; a site's twins with
 * and without www, by http and by https, count as one.
 */
export function inScope(scope: string[], url: string): boolean {
  if (!URL.canParse(url)) return false;
  const page = new URL(url);
  if (!/^https?:$/.test(page.protocol)) return false;
  return scope.some((entry) => {
    if (!URL.canParse(entry)) return false;
    const { hostname, port, pathname } = new URL(entry);
    return (
      twinless(hostname) === twinless(page.hostname) &&
      port === page.port &&
      isBelow(pathname, page.pathname)
    );
  });
}

const twinless = (hostname: string): string => hostname.replace(/\.$/, "").replace(/^www\./, "");

/** `/programs` holds itself and what is below it, and not `/programs-old`. */
function isBelow(prefix: string, path: string): boolean {
  const folder = prefix.endsWith("/") ? prefix : `${prefix}/`;
  return path.startsWith(folder) || path === folder.slice(0, -1) || path === prefix;
}

/**
 * Whether an address can bring a page that tells of something: not a picture, a style, a program, a
 * recording, an archive or an office file, and not one of the doors that content systems open beside their pages.
 */
export function worthVisiting(url: string): boolean {
  if (checkUrl(url)) return false;
  const { pathname, searchParams } = new URL(url);
  const extension = /\.([a-z0-9]{1,5})$/i.exec(pathname)?.[1]?.toLowerCase();
  if (extension && fileExtensions.has(extension)) return false;
  if (sideDoors.test(pathname)) return false;
  return ![...searchParams].some(([name, value]) => sideDoorParameters.test(`${name}=${value}`));
}

const fileExtensions = new Set(
  [
    "png jpg jpeg jpe gif webp avif bmp ico svg tif tiff psd ai eps heic",
    "css js mjs map woff woff2 ttf otf eot wasm swf",
    "mp3 mp4 m4a m4v mov avi wmv wav ogg ogv webm flac mkv mpg mpeg vtt srt",
    "zip gz tgz tar bz2 xz 7z rar exe msi dmg pkg apk iso jar bin deb rpm",
    "doc docx dot dotx xls xlsx xlsm ppt pptx pps ppsx pub odt ods odp rtf pages key numbers epub mobi",
    "ics vcf csv tsv sql db mdb sav dta kml kmz shp geojson torrent",
  ].flatMap((line) => line.split(" ")),
);

const sideDoors =
  /\/(wp-admin|wp-login\.php|xmlrpc\.php|wp-includes|cdn-cgi|cgi-bin|user\/(login|register|password)|oembed)(\/|$)|\/wp-json\/oembed/i;
const sideDoorParameters =
  /^(replytocom|add-to-cart|share|print)=|^action=(edit|history|raw|info|login|register|lostpassword)$/i;
