/** Search, filters and order of the list of connections. They live in the address. */
import type { Connection } from '../../bridge/types';
import { stateOf, states } from './state';

export const sorts = ['state', 'app', 'newest', 'checked', 'ends'] as const;
export type Sort = (typeof sorts)[number];

export interface Search {
  text: string;
  state: string;
  owner: string;
  app: string;
  sort: Sort;
}

/** Reads a search from the address. */
export function readSearch(params: URLSearchParams): Search {
  const sort = sorts.find((known) => known === params.get('sort')) ?? 'state';
  const get = (name: string) => params.get(name) ?? '';
  return { text: get('q'), state: get('state'), owner: get('owner'), app: get('app'), sort };
}

/** Writes a search for the address; what is as usual is left out. */
export function writeSearch(search: Search): URLSearchParams {
  const params = new URLSearchParams();
  const { text, state, owner, app, sort } = search;
  const entries = { q: text, state, owner, app, sort: sort === 'state' ? '' : sort };
  for (const [name, value] of Object.entries(entries)) if (value) params.set(name, value);
  return params;
}

/** Folds case and accents, so that "zolw" finds "Żółw". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[łŁ]/g, 'l').toLowerCase();
}

/** The connections that a search finds, in its order. */
export function find(connections: Connection[], search: Search): Connection[] {
  const words = fold(search.text).split(/\s+/).filter(Boolean);
  return connections
    .filter((c) => search.state === '' || stateOf(c) === search.state)
    .filter((c) => search.owner === '' || c.owner === search.owner)
    .filter((c) => search.app === '' || c.slug === search.app)
    .filter((c) => {
      const text = fold([c.app, c.account, c.name, c.purpose, c.owner].join(' '));
      return words.every((word) => text.includes(word));
    })
    .toSorted(orders[search.sort]);
}

const byName = (a: Connection, b: Connection) =>
  a.app.localeCompare(b.app) || a.account.localeCompare(b.account) || a.id.localeCompare(b.id);

const orders: Record<Sort, (a: Connection, b: Connection) => number> = {
  state: (a, b) => states.indexOf(stateOf(a)) - states.indexOf(stateOf(b)) || byName(a, b),
  app: byName,
  newest: (a, b) => b.connectedAt - a.connectedAt || byName(a, b),
  checked: (a, b) => a.checkedAt - b.checkedAt || byName(a, b),
  ends: (a, b) => (a.renewalDies || Infinity) - (b.renewalDies || Infinity) || byName(a, b),
};

/** How many connections are in each state, in the order of an overview, without empty states. */
export function countStates(
  connections: Connection[],
): { state: (typeof states)[number]; count: number }[] {
  return states
    .map((state) => ({ state, count: connections.filter((c) => stateOf(c) === state).length }))
    .filter(({ count }) => count > 0);
}
