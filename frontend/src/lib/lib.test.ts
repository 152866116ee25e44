import { describe, expect, it, vi } from 'vitest';
import { contrast, enoughFor, readable } from './colour';
import { formatHash, parseHash } from './hash';
import { kept } from './kept';
import { monogram } from './monogram';
import { inRow, languageName, plain, titled } from './names';
import { legible, matches } from './text';

describe('a place in the address', () => {
  it.each([
    ['', [], ''],
    ['#', [], ''],
    ['#/discover', ['discover'], ''],
    ['#/discover?q=a%20b&category=crm', ['discover'], 'q=a+b&category=crm'],
    ['#/apps/a%2Fb', ['apps', 'a/b'], ''],
    ['#/apps/%zz', ['apps', '%zz'], ''],
    ['#/discover?q=what%3F?', ['discover'], 'q=what%3F%3F'],
  ])('%j is read', (hash, path, query) => {
    const place = parseHash(hash);
    expect(place.path).toEqual(path);
    expect(place.params.toString()).toBe(query);
  });

  it('is written so that it reads back the same', () => {
    const params = new URLSearchParams({ q: 'a&b=c? ż' });
    const place = parseHash(formatHash(['apps', 'ł/#?'], params));
    expect(place).toEqual({ path: ['apps', 'ł/#?'], params });
  });
});

describe('a brand on its plate', () => {
  it.each([
    '#ffffff',
    '#f4f4f6',
    '#ffe01b',
    '#000000',
    '#4a154b',
    '#6afdef',
  ])('%s can be told from light and dark', (color) => {
    for (const plate of ['#f4f4f6', '#2a2b31']) {
      for (const enough of [enoughFor.shape, enoughFor.letter]) {
        expect(contrast(readable(color, plate, enough), plate)).toBeGreaterThanOrEqual(enough);
      }
    }
  });

  it('keeps a colour that already stands out, and has none for what is no colour', () => {
    expect(readable('#4a154b', '#f4f4f6', 3)).toBe('#4a154b');
    expect(readable('red; background: url(x)', '#f4f4f6', 3)).toBe('');
    expect(readable('', '#f4f4f6', 3)).toBe('');
  });
});

it('makes a value once, also when there is none', () => {
  const make = vi.fn((value?: string) => value);
  const map = new Map<string, string | undefined>();
  const ask = (value?: string) => kept(map, value ?? '', () => make(value));
  expect([ask('a'), ask('a'), ask(), ask()]).toEqual(['a', 'a', undefined, undefined]);
  expect(make).toHaveBeenCalledTimes(2);
});

it.each([
  ['Sandbox CRM', 'SC'],
  ['linear', 'L'],
  ['łódź żagle rejs', 'ŁŻ'],
  ['  ', '?'],
  ['𝒜bc', '𝒜'],
])('the monogram of %j is %s', (name, want) => {
  expect(monogram(name)).toBe(want);
});

it('names languages, rows and slugs', () => {
  expect(languageName('de', 'pl')).toBe('niemiecki');
  expect(languageName('not a code!', 'en')).toBe('not a code!');
  expect(inRow(['A', 'B', 'C'], 'pl')).toBe('A, B i C');
  expect(plain('works_with')).toBe('Works with');
  expect(titled('google-drive')).toBe('Google Drive');
});

it.each([
  ['', 'anything', true],
  ['pol', 'Połączone aplikacje', true],
  ['apl pol', 'Połączone aplikacje', true],
  ['łącz', 'Połączone', false],
  ['x', 'Połączone', false],
])('%j finds %j: %s', (words, text, want) => {
  expect(matches(words, text)).toBe(want);
});

it('reads a template with what is known, and with labels for the rest', () => {
  const variables = [
    { name: 'org', label: 'Organisation' },
    { name: 'region', label: 'Region' },
  ];
  const template = 'https://{{variables.org}}.{{ variables.region }}.example/use';
  expect(legible(template, variables)).toBe('https://‹Organisation›.‹Region›.example/use');
  const values = { org: ' acme ', region: '' };
  expect(legible(template, variables, values)).toBe('https://acme.‹Region›.example/use');
  expect(legible('{{variables.unknown}} read', variables)).toBe('{{variables.unknown}} read');
});
