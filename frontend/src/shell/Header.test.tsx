import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, expect, it } from 'vitest';
import { newQueryClient } from '../bridge/query';
import { speak } from '../texts/texts';
import { placeNow } from '../ui/place';
import { Header } from './Header';

afterEach(() => {
  window.go = undefined;
});

it('asks with the key that is pressed, before the page is drawn for it, and once', async () => {
  await speak('en');
  const asked: string[] = [];
  const Search = (search: unknown) => {
    const { text } = search as { text: string };
    asked.push(`${text} at ${placeNow().params.get('q')}`);
    return Promise.resolve({ total: 0, cards: [] });
  };
  window.go = { bridge: { Catalogue: { Search } } };
  render(
    <QueryClientProvider client={newQueryClient()}>
      <Header inputRef={createRef<HTMLInputElement>()} onPalette={() => undefined} />
    </QueryClientProvider>,
  );
  const field = screen.getByRole('searchbox', { name: 'Search apps' });
  const type = (text: string) => fireEvent.change(field, { target: { value: text } });
  type('c');
  type('ch');
  expect(asked).toEqual(['c at null', 'ch at c']);
  type('ch ');
  type('');
  expect(asked).toHaveLength(2);
  expect(placeNow().path).toEqual(['discover']);
});
