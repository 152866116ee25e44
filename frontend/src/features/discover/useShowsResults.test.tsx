import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newQueryClient } from '../../bridge/query';
import { useShowsResults } from './useShowsResults';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  window.go = undefined;
});

/** Puts a catalogue behind the page that answers when the test says so. */
function catalogue() {
  const answers: (() => void)[] = [];
  const Search = () =>
    new Promise((resolve) => answers.push(() => resolve({ total: 0, cards: [], facets: [] })));
  window.go = { bridge: { Catalogue: { Search } } };
  return answers;
}

function show(address: string) {
  const client = newQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const shows = (search: string) => useShowsResults(new URLSearchParams(search));
  return renderHook(shows, { initialProps: address, wrapper });
}

it('keeps the front page until the first answer, and results from then on', async () => {
  const answers = catalogue();
  const { result, rerender } = show('');
  expect(result.current).toBe(false);
  rerender('q=c');
  expect(result.current).toBe(false);
  await act(async () => answers[0]?.());
  expect(result.current).toBe(true);
  rerender('q=cr');
  expect(answers).toHaveLength(2);
  expect(result.current).toBe(true);
  rerender('');
  expect(result.current).toBe(false);
});

it('lets nobody wait on the front page without seeing that they do', async () => {
  catalogue();
  const { result, rerender } = show('');
  rerender('q=c');
  await act(() => vi.advanceTimersByTimeAsync(199));
  expect(result.current).toBe(false);
  await act(() => vi.advanceTimersByTimeAsync(1));
  expect(result.current).toBe(true);
});

it('waits with results for those who come to them', () => {
  catalogue();
  expect(show('category=crm').result.current).toBe(true);
});
