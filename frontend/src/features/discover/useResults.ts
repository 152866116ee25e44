import { keepPreviousData, type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Card, Results } from '../../bridge/types';
import { type Page, pageOf } from './results';
import { pageSize } from './search';

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
  // A query of its own: what useQueries shows is gone as soon as its key changes.
  const first = useQuery({ ...pageOf(params, 0), placeholderData: keepPreviousData });
  const further = useQueries({
    queries: numbers.filter((number) => number > 0).map((number) => pageOf(params, number)),
    combine: pagesOf,
  });
  const row = useCallback(
    (index: number) => {
      const number = Math.floor(index / pageSize);
      const page = number === 0 ? first.data : further.find((other) => other.number === number);
      return page?.cards[index % pageSize];
    },
    [first.data, further],
  );
  return { first: first.data, error: first.error, retry: first.refetch, row };
}

/** Changes only when an answer does. */
function pagesOf(answers: UseQueryResult<Page>[]): Page[] {
  return answers.flatMap((answer) => answer.data ?? []);
}
