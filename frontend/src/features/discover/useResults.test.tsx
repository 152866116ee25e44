import { QueryClientProvider } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import { newQueryClient } from '../../bridge/query';
import { useResults } from './useResults';

afterEach(() => {
  window.go = undefined;
});

/** Puts a catalogue behind the page whose answers come when the test says so. */
function catalogue() {
  const answers: ((total: number) => void)[] = [];
  const Search = () =>
    new Promise((resolve) => {
      answers.push((total) => resolve({ total, cards: [{ name: `of ${total}` }] }));
    });
  window.go = { bridge: { Catalogue: { Search } } };
  return answers;
}

it('keeps the last answer, and its rows as they are, until the next one is there', async () => {
  const answers = catalogue();
  const client = newQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const ask = (q: string) => useResults(new URLSearchParams({ q }), [0]);
  const { result, rerender } = renderHook(ask, { initialProps: 's', wrapper });
  expect(result.current.first).toBeUndefined();
  answers[0]?.(7);
  await waitFor(() => expect(result.current.row(0)?.name).toBe('of 7'));

  const { row } = result.current;
  rerender('se');
  expect(answers).toHaveLength(2);
  expect(result.current.first?.total).toBe(7);
  expect(result.current.row).toBe(row);
  answers[1]?.(3);
  await waitFor(() => expect(result.current.row(0)?.name).toBe('of 3'));
});
