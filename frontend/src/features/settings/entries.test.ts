import { describe, expect, it } from 'vitest';
import { isFeedUrl } from './feedUrl';
import { asTime, isTime } from './quiet';

describe('a time of day', () => {
  it.each([
    ['7', '07:00'],
    ['7.30', '07:30'],
    ['22:5', '22:05'],
    [' 23:59 ', '23:59'],
    ['24:00', '24:00'],
    ['12:60', '12:60'],
    ['noon', 'noon'],
    ['', ''],
  ])('%j is taken as %j', (text, want) => {
    expect(asTime(text)).toBe(want);
  });

  it.each([
    ['00:00', true],
    ['23:59', true],
    ['24:00', false],
    ['7:00', false],
    ['', false],
  ])('%j is one: %s', (text, want) => {
    expect(isTime(text)).toBe(want);
  });
});

it.each([
  ['https://example.com/apps.json', true],
  [' https://example.com ', true],
  ['http://example.com/apps.json', false],
  ['https://user:secret@example.com/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['example.com', false],
  ['', false],
])('%j can be a feed: %s', (text, want) => {
  expect(isFeedUrl(text)).toBe(want);
});
