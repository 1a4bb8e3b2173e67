/** Says why an address is part of a trap; undefined when by this rule it is not. */
export type Rule = (at: Address) => string | undefined;

/** An address in the parts that the rules ask about. */
export type Address = {
  href: string;
  pathname: string;
  search: string;
  segments: string[];
  parameters: Parameter[];
  now: Date;
};

export type Parameter = { name: string; value: string };

/** Whether a parameter names one page or record; `?p=123` and `?id=12` are pages whatever else they say. */
export const namesOne = ({ name, value }: Parameter): boolean =>
  !choosesAll.test(value) &&
  /^(p|post|node|item|article|record|guid|uuid|slug)$|(^|[a-z_-])id$/i.test(name);

/** Values that choose nothing. */
export const choosesAll = /^(|all|any|_none|-any-|0)$/i;

/** Parameters that say how a list is shown. */
export const viewName = /^(view|view_?(mode|type|as)|display|layout|mode|style)$/i;
