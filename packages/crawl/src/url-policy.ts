/**
 * Why an address is not one we visit, as a sentence; `undefined` when it may be asked for. Judged on the
 * text as it was written, because the URL parser silently drops what another parser would act on.
 */
export function checkUrl(url: string): string | undefined {
  if (url.length > urlLengthMax)
    return `the address has ${url.length} characters, more than ${urlLengthMax}`;
  if (hasControl(url)) return "the address holds a control character";
  if (url.includes("\\")) return "the address holds a backslash, which programs read differently";
  if (!URL.canParse(url)) return `"${url}" is not an address`;
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:")
    return `the scheme ${protocol} is not http or https`;
  if (username || password) return "the address carries a user name or password";
  if (!hostname) return "the address names no host";
  return undefined;
}

const urlLengthMax = 4000;

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}
