import { keepPreviousData, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
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
  const wanted = [...new Set([0, ...numbers])];
  const { pages, error, retry } = useQueries({
    queries: wanted.map((number) => {
      const search = searchIn(params, number * pageSize);
      return {
        queryKey: ['catalogue', 'search', search],
        queryFn: () => catalogue.Search(search),
        placeholderData: number === 0 ? keepPreviousData : undefined,
        gcTime: 60_000,
      };
    }),
    combine: together,
  });
  const order = wanted.join();
  const row = useCallback(
    (index: number) => {
      const page = order.split(',').indexOf(String(Math.floor(index / pageSize)));
      return pages[page]?.cards[index % pageSize];
    },
    [pages, order],
  );
  return { first: pages[0], error, retry, row };
}

/** Changes only when an answer does, so that a key pressed draws nothing until it is answered. */
function together(answers: UseQueryResult<Results>[]) {
  return {
    pages: answers.map((answer) => answer.data),
    error: answers[0]?.error ?? null,
    retry: () => void answers[0]?.refetch(),
  };
}
