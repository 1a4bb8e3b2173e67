import { isPagingParameter } from "./paging.ts";
import { choosesAll, namesOne, type Rule, viewName } from "./trap-rule.ts";

/** Results for a word: whatever they list, the site lists it elsewhere, and words never end. */
export const searchResults: Rule = ({ segments, parameters }) => {
  if (parameters.some(namesOne)) return undefined;
  const path = segments.findIndex((segment) => searchPath.test(segment));
  // `/search/node/welding`, as Drupal has it.
  if (
    path >= 0 &&
    /^(node|site|content|user|google)$/i.test(segments[path + 1] ?? "") &&
    segments[path + 2]
  )
    return `search: ${segments.slice(path).join("/").slice(0, 80)}`;
  const pair = parameters.find(({ name, value }) => {
    // `?s=12` is a section, `?q=node/12` a page of a site without pretty addresses.
    if (value === "" || /^\d+$/.test(value) || value === "*") return false;
    if (path >= 0 && path === segments.length - 1) return searchWords.test(name);
    return onlySearch.test(name) || (/^s$/i.test(name) && segments.length <= 1);
  });
  return pair ? `search: ${pair.name}=${pair.value.slice(0, 40)}` : undefined;
};

const searchPath =
  /^(search|search-?results?|site-?search|find|suche|buscar|recherche)(\.\w{2,5})?$/i;
const searchWords =
  /^(q|query|s|search|keys?|keywords?|term|terms|text|searchword|search_?(term|text|query|words?)|search_api_fulltext)$/i;
const onlySearch =
  /^(search|keywords?|searchword|search_?(term|text|query|words?)|search_api_fulltext)$/i;

/** One choice is a list like others, as `?state=ohio` is; two are one of thousands of combinations. */
export const facets: Rule = ({ parameters }) => {
  const chosen = parameters
    .filter(
      (one) => facetName.test(one.name) && !isPagingParameter(one) && !choosesAll.test(one.value),
    )
    .flatMap(({ name, value }) => value.split(/[|;]|,(?! )/).map(() => name));
  return chosen.length >= 2 ? `facets: ${[...new Set(chosen)].slice(0, 5).join(", ")}` : undefined;
};

const facetName =
  /^(f|fq|facets?|filters?|refine\w*|tax_\w+|field_\w+|_sf[tm]_\w+)$|^[\w-]+(\[[\w:. -]*\])+$/i;

/** The same list in another order or dress. Where it is paged through, the site may know no other way. */
export const sorting: Rule = ({ parameters }) => {
  if (parameters.some((one) => namesOne(one) || isPagingParameter(one))) return undefined;
  const pair = parameters.find(
    ({ name, value }) =>
      (sortName.test(name) && value !== "" && !/^\d{3,}$/.test(value)) ||
      (directionName.test(name) && /^(asc|desc)\w*$/i.test(value)),
  );
  if (pair) return `sorting: ${pair.name}=${pair.value}`;
  const view = parameters.find(({ name, value }) => viewName.test(name) && viewValue.test(value));
  return view ? `view: ${view.name}=${view.value}` : undefined;
};

const sortName =
  /^(sort|sort_?by|order|order_?by|sort_?(order|dir|direction)|order_?dir|sort\[.*\])$/i;
const directionName = /^(dir|direction)$/i;
const viewValue = /^(grid|list|table|cards?|tiles?|thumbs?|thumbnails?|gallery|map|compact)$/i;

/** Whatever they mean: so many choices at once have endless combinations. */
export const manyParameters: Rule = ({ parameters }) => {
  const most = parameters.some(namesOne) ? 8 : 4;
  return parameters.length > most ? `many parameters: ${parameters.length}` : undefined;
};
