/** An address for comparison: scheme, `www.`, default port, final slash, index file and fragment do not count. */
export function addressKey(url: string): string {
  if (!URL.canParse(url)) return url.trim().toLowerCase();
  const { host, pathname, search } = new URL(url);
  const path = pathname.replace(/\/(index|default)\.\w{3,5}$/i, "/").replace(/\/+$/, "");
  return siteKey(host) + path + search;
}

export const sameAddress = (one: string, other: string): boolean =>
  addressKey(one) === addressKey(other);

/** Who publishes an address: its host without `www.`. Two hosts of one owner count as two here. */
export const siteOf = (url: string): string =>
  URL.canParse(url) ? siteKey(new URL(url).host) : url.trim().toLowerCase();

const siteKey = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^www\d?\./, "")
    .replace(/:(80|443)$/, "")
    .replace(/\.$/, "");

/** Whether an address is the front door of its site. */
export const isRoot = (url: string): boolean => addressKey(url) === siteOf(url);

/** The last part of the path: pages that move mostly keep it. */
export const slugOf = (url: string): string =>
  addressKey(url).split("?")[0]!.split("/").slice(1).at(-1) ?? "";

const rehearsal = /^(dev|develop|staging|stage|test|testing|demo|qa|uat|preview|sandbox|clone)\d*$/;

/** Copies of a site made for its builders show old words for ever: they never speak for an effort. */
export const isRehearsal = (url: string): boolean =>
  siteOf(url)
    .split(".")
    .slice(0, -2)
    .flatMap((label) => label.split("-"))
    .some((word) => rehearsal.test(word));
