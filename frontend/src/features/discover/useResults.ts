import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { catalogue } from '../../bridge/api';
import type { Card, Results } from '../../bridge/types';
import { pageSize, searchIn } from './search';

/** What was found, with the rows that have come so far by their number. */
export interface Found {
  first: Results | undefined;
  error: Error | null;
  retry: () => void;
  row: (index: number) => Card | undefined;
}

/**
 * Asks for the first page and for the pages that `numbers` names. The last
 * answer stays until the next one is there, so typing never blanks the list.
 */
export function useResults(params: URLSearchParams, numbers: number[]): Found {
  const question = useDeferredValue(params.toString());
  const wanted = [...new Set([0, ...numbers])];
  const pages = useQueries({
    queries: wanted.map((number) => {
      const search = searchIn(new URLSearchParams(question), number * pageSize);
      return {
        queryKey: ['catalogue', 'search', search],
        queryFn: () => catalogue.Search(search),
        placeholderData: number === 0 ? keepPreviousData : undefined,
        gcTime: 60_000,
      };
    }),
  });
  const [first] = pages;
  return {
    first: first?.data,
    error: first?.error ?? null,
    retry: () => first?.refetch(),
    row: (index) => {
      const page = wanted.indexOf(Math.floor(index / pageSize));
      return pages[page]?.data?.cards[index % pageSize];
    },
  };
}
