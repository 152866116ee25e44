/**
 * What Discover shows is in the address: words (`q`), filters by facet, an
 * order (`sort`) and what is chosen to compare (`compare`). Nothing else
 * remembers it, so Back and Forward work and a place can be gone to by name.
 */

import type { Facet, FacetValue, Filter, Search } from '../../bridge/types';
import { kept } from '../../lib/kept';

export const facets = [
  'category',
  'price',
  'feature',
  'works_with',
  'language',
  'connection',
  'certified',
  'built_by_us',
  'no_setup',
  'installed',
] as const;
export type FacetID = (typeof facets)[number];

/** Facets that hold or don't: their only value is "yes". */
export const yesNo: readonly FacetID[] = ['certified', 'built_by_us', 'no_setup', 'installed'];

export const sorts = ['relevance', 'installs', 'newest', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** One value of one filter. */
export interface Choice {
  facet: FacetID;
  value: string;
}

/** How many results are asked for at once: a window full of them and some. */
export const pageSize = 25;
/** How many listings can stand side by side. */
export const mostCompared = 3;

export function isFacet(id: string): id is FacetID {
  return (facets as readonly string[]).includes(id);
}

/** The filters in the address, in the order of `facets`. */
export function choicesIn(params: URLSearchParams): Choice[] {
  return facets.flatMap((facet) =>
    [...new Set(params.getAll(facet))].map((value) => ({ facet, value })),
  );
}

export function sortIn(params: URLSearchParams): Sort {
  return sorts.find((sort) => sort === params.get('sort')) ?? 'relevance';
}

/** The slugs chosen to compare, at most three. */
export function comparedIn(params: URLSearchParams): string[] {
  return [...new Set(params.getAll('compare'))].slice(0, mostCompared);
}

/** Whether the address asks for results, rather than for Discover's front page. */
export function asks(params: URLSearchParams): boolean {
  return Boolean(params.get('q')?.trim()) || choicesIn(params).length > 0 || params.has('sort');
}

/** The question for Go behind an address. */
export function searchIn(params: URLSearchParams, offset = 0): Search {
  const choices = choicesIn(params);
  const filters: Filter[] = facets
    .map((facet) => ({
      facet,
      values: choices.filter((choice) => choice.facet === facet).map((choice) => choice.value),
    }))
    .filter((filter) => filter.values.length > 0);
  const text = params.get('q')?.trim() ?? '';
  return { text, filters, sort: sortIn(params), offset, limit: pageSize };
}

/** The address with one choice more, or without it when it was there. */
export function toggled(params: URLSearchParams, { facet, value }: Choice): URLSearchParams {
  const next = new URLSearchParams(params);
  if (next.getAll(facet).includes(value)) next.delete(facet, value);
  else next.append(facet, value);
  return next;
}

/** The address without a whole filter; the others stay. */
export function dropped(params: URLSearchParams, facet: FacetID): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(facet);
  return next;
}

/** The address without any filter; words and order stay. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const facet of facets) next.delete(facet);
  return next;
}

/** The address without words; filters and order stay. */
export function withoutText(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('q');
  return next;
}

export function withSort(params: URLSearchParams, sort: Sort): URLSearchParams {
  const next = new URLSearchParams(params);
  next.set('sort', sort);
  return next;
}

/** The address with a listing chosen to compare, or no longer chosen. A fourth changes nothing. */
export function withCompared(params: URLSearchParams, slug: string): URLSearchParams {
  const next = new URLSearchParams(params);
  const now = comparedIn(params);
  next.delete('compare');
  const chosen = now.includes(slug) ? now.filter((other) => other !== slug) : [...now, slug];
  for (const each of chosen.slice(0, mostCompared)) next.append('compare', each);
  return next;
}

/** What is kept of an address when its search is saved: what to compare is not part of it. */
export function savedQuery(params: URLSearchParams): string {
  const next = new URLSearchParams(params);
  next.delete('compare');
  return next.toString();
}

/** A facet's values with those in use kept, even when nothing is left of them. */
export function valuesOf(facet: Facet, choices: Choice[]): FacetValue[] {
  const known = new Set(facet.values.map((value) => value.value));
  const gone = choices.filter((choice) => choice.facet === facet.id && !known.has(choice.value));
  return [...facet.values, ...gone.map((choice) => ({ value: choice.value, name: '', count: 0 }))];
}

const collators = new Map<string, Intl.Collator>();

/** Making one takes longer than all that it sorts here. */
function collator(language: string): Intl.Collator {
  return kept(collators, language, () => new Intl.Collator(language, { numeric: true }));
}

/** Values by count, those of equal counts by their names as `language` sorts them. */
export function inOrder(
  values: FacetValue[],
  nameOf: (value: FacetValue) => string,
  language: string,
): FacetValue[] {
  const { compare } = collator(language);
  return values.toSorted((a, b) => b.count - a.count || compare(nameOf(a), nameOf(b)));
}
