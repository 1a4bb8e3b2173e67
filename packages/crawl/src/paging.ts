import type { Parameter, Rule } from "./trap-rule.ts";

/**
 * Whether an address is a further part of a list: `?page=7`, `/page/7/`, `?start=40`. `?p=123` is a post of
 * WordPress and `?page_id=12` a page; a `page` that is a word is one of a site's few pages.
 */
export function isPaging(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname, searchParams } = new URL(url);
  return (
    /\/(page|pages|seite|pagina)[-/]\d{1,6}\/?$/i.test(pathname) ||
    [...searchParams].some(([name, value]) => isPagingParameter({ name, value }))
  );
}

/** Whether a parameter says which part of a list is meant. */
export const isPagingParameter = ({ name, value }: Parameter): boolean =>
  pagingName.test(name) && /^\d{1,7}(,\d{1,7})*$/.test(value);

const pagingName =
  /^(.*[-_[])?(page|paged|pg|pagenum|pageno|pagenumber|page_?index|currentpage|offset|skip|start|start_?index|startrow|pagestart)\]?$/i;

/** Lists are not that long: a site that answers such a page answers any. */
export const endlessPaging: Rule = ({ parameters, pathname }) => {
  const inPath = /\/page[-/](\d+)\/?$/i.exec(pathname)?.[1];
  const pages = parameters.filter(({ name }) => /(^|[-_[])(page|paged|pg)\]?$/i.test(name));
  const far = [inPath, ...pages.map(({ value }) => value)].find((page) => Number(page) > pagingMax);
  return far ? `endless paging: page ${far}` : undefined;
};

const pagingMax = 1000;
