import { describe, expect, it } from 'vitest';
import { ago, date, morning, nextMonday } from './time';

const now = new Date(2026, 10, 18, 14, 30).getTime(); // a Wednesday
const minutes = (n: number) => now - n * 60_000;

describe('ago', () => {
  it.each([
    ['en', minutes(0.5), 'now'],
    ['en', minutes(5), '5 min. ago'],
    ['en', minutes(90), '1 hr. ago'],
    ['en', minutes(26 * 60), 'yesterday'],
    ['en', minutes(-26 * 60), 'tomorrow'],
    ['en', minutes(30 * 24 * 60), 'Oct 19'],
    ['en', minutes(400 * 24 * 60), 'Oct 14, 2025'],
    ['pl', minutes(26 * 60), 'wczoraj'],
  ])('%s %i is %s', (language, at, want) => {
    expect(ago(at, language, now)).toBe(want);
  });
});

it('leaves the year out of this year’s dates', () => {
  expect(date(now, 'en', now)).toBe('Nov 18');
});

describe('snooze times', () => {
  it('mean eight in the morning', () => {
    expect(new Date(morning(1, now))).toEqual(new Date(2026, 10, 19, 8, 0));
    expect(new Date(nextMonday(now))).toEqual(new Date(2026, 10, 23, 8, 0));
  });

  it('on a Monday mean the Monday after, on a Sunday the next day', () => {
    const monday = new Date(2026, 10, 16, 7, 0).getTime();
    expect(new Date(nextMonday(monday))).toEqual(new Date(2026, 10, 23, 8, 0));
    const sunday = new Date(2026, 10, 22, 12, 0).getTime();
    expect(new Date(nextMonday(sunday))).toEqual(new Date(2026, 10, 23, 8, 0));
  });
});
