import { catalogue } from '../../bridge/api';
import type { Results } from '../../bridge/types';
import { pageSize, searchIn } from './search';

/**
 * Loads what shows results. It is not part of the front page, so whoever knows that
 * somebody is about to search calls this first.
 */
export const loadResults = () => import('./ResultsView');

/** Some of what an address finds, and which page of it this is, from 0. */
export type Page = Results & { number: number };

/** The question for a page of what an address finds. */
export function pageOf(params: URLSearchParams, number: number) {
  const search = searchIn(params, number * pageSize);
  return {
    queryKey: ['catalogue', 'search', search],
    queryFn: async (): Promise<Page> => ({ ...(await catalogue.Search(search)), number }),
    gcTime: 60_000,
  };
}
