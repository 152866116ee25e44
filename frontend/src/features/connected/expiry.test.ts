import { describe, expect, it } from 'vitest';
import type { Expiry } from '../../bridge/types';
import { agenda, ahead, strip, urgency, weekOf } from './expiry';

// A Wednesday.
const now = new Date(2026, 10, 25, 12).getTime();
const at = (month: number, day: number, year = 2026, hour = 12) =>
  new Date(year, month - 1, day, hour).getTime();
const ends = (when: number, byItself = false) => ({ at: when, byItself }) as Expiry;

it.each([
  [at(11, 23), at(11, 23, 2026, 0)],
  [at(11, 25), at(11, 23, 2026, 0)],
  [at(11, 29, 2026, 23), at(11, 23, 2026, 0)],
  [at(11, 30, 2026, 0), at(11, 30, 2026, 0)],
])('a week begins on Monday', (when, monday) => {
  expect(weekOf(when)).toBe(monday);
});

describe('the agenda', () => {
  it('goes by week and then by month, soonest first', () => {
    const all = [
      at(1, 5, 2027),
      at(11, 29),
      at(12, 6),
      at(11, 25, 2026, 11),
      at(12, 7),
      at(12, 30),
    ];
    const spans = agenda(
      all.map((when) => ends(when)),
      now,
    );
    expect(spans.map(({ id, items }) => [id, items.map((e) => e.at)])).toEqual([
      ['past', [at(11, 25, 2026, 11)]],
      ['this_week', [at(11, 29)]],
      ['next_week', [at(12, 6)]],
      ['month', [at(12, 7), at(12, 30)]],
      ['month', [at(1, 5, 2027)]],
    ]);
  });

  it('is empty when nothing ends', () => {
    expect(agenda([], now)).toEqual([]);
  });
});

it('the strip counts twelve weeks, and what needs a person', () => {
  const bars = strip(
    [ends(at(11, 26)), ends(at(11, 27), true), ends(at(12, 1)), ends(at(6, 1, 2027))],
    now,
  );
  expect(bars).toHaveLength(12);
  expect(bars.slice(0, 3).map(({ count, byHand }) => [count, byHand])).toEqual([
    [2, 1],
    [1, 1],
    [0, 0],
  ]);
});

it.each([
  [3, false, 'critical'],
  [20, false, 'warning'],
  [90, false, 'quiet'],
  [3, true, 'good'],
])('in %d days, by itself %s: %s', (days, byItself, want) => {
  expect(urgency(ends(now + days * 86_400_000, byItself), now)).toBe(want);
});

it.each([
  [at(11, 25, 2026, 23), 'today'],
  [at(11, 26, 2026, 1), 'tomorrow'],
  [at(12, 4), 'in 9 days'],
  [at(12, 19), 'in 3 weeks'],
  [at(2, 24, 2027), 'in 3 months'],
  [at(11, 23), '2 days ago'],
])('says how far ahead it is', (when, want) => {
  expect(ahead(when, 'en', now)).toBe(want);
});
