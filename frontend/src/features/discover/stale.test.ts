import { expect, it } from 'vitest';
import type { Feed } from '../../bridge/types';
import { staleAfter, staleSince } from './stale';

const now = 1_800_000_000_000;

function feed(kind: string, syncedAt: number): Feed {
  const nothing = { triedAt: 0, listings: 0, setAside: 0, code: '', message: '' };
  return { id: kind, kind, name: '', url: '', syncedAt, ...nothing };
}

it.each([
  ['no feeds', [], 0],
  ['the built-in feed never ages', [feed('built_in', 1)], 0],
  ['fresh', [feed('https', now - staleAfter)], 0],
  ['old', [feed('https', now - staleAfter - 1)], now - staleAfter - 1],
  ['never fetched', [feed('https', 0)], 0],
  ['the oldest counts', [feed('https', now), feed('https', 5), feed('https', 9)], 5],
])('%s', (_, feeds, want) => {
  expect(staleSince(feeds, now)).toBe(want);
});
