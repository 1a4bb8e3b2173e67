/** The address with these parameters set, sorted by name as all our addresses are. */
export function withQuery(address: string, parameters: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.sort();
  url.hash = "";
  return url.href;
}

/** The address without the parameters of such a name. */
export function withoutQuery(address: string, name: RegExp): string {
  const url = new URL(address);
  const dropped = [...url.searchParams.keys()].filter((key) => name.test(key));
  for (const key of dropped) url.searchParams.delete(key);
  return dropped.length === 0 ? address : url.href;
}
