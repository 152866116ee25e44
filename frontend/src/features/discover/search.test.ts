import { describe, expect, it } from 'vitest';
import {
  asks,
  choicesIn,
  comparedIn,
  inOrder,
  pageSize,
  searchIn,
  sortIn,
  toggled,
  valuesOf,
  withCompared,
  withoutFilters,
  withSort,
} from './search';

const at = (query: string) => new URLSearchParams(query);

describe('the address of a search', () => {
  it('becomes the question for Go', () => {
    const params = at('q=%20mail%20&category=crm&category=chat&price=free&sort=name');
    expect(searchIn(params, pageSize)).toEqual({
      text: 'mail',
      filters: [
        { facet: 'category', values: ['crm', 'chat'] },
        { facet: 'price', values: ['free'] },
      ],
      sort: 'name',
      offset: pageSize,
      limit: pageSize,
    });
  });

  it.each([
    ['', false],
    ['q=', false],
    ['q=%20', false],
    ['compare=slack', false],
    ['q=a', true],
    ['installed=yes', true],
    ['sort=newest', true],
  ])('%j asks for results: %s', (query, want) => {
    expect(asks(at(query))).toBe(want);
  });

  it('passes over what it does not know', () => {
    expect(sortIn(at('sort=price'))).toBe('relevance');
    expect(choicesIn(at('colour=red&category=crm&category=crm'))).toEqual([
      { facet: 'category', value: 'crm' },
    ]);
  });
});

describe('a change of the address', () => {
  it('adds a choice and takes the same one away', () => {
    const start = at('q=a&category=crm');
    const more = toggled(start, { facet: 'category', value: 'chat' });
    expect(more.getAll('category')).toEqual(['crm', 'chat']);
    expect(toggled(more, { facet: 'category', value: 'chat' }).toString()).toBe('q=a&category=crm');
    expect(start.toString()).toBe('q=a&category=crm');
  });

  it('clears filters and keeps the words, the order and what is compared', () => {
    const params = at('q=a&category=crm&certified=yes&sort=name&compare=slack');
    expect(withoutFilters(params).toString()).toBe('q=a&sort=name&compare=slack');
  });

  it('sets the order once', () => {
    expect(withSort(at('sort=name'), 'newest').getAll('sort')).toEqual(['newest']);
  });

  it('compares up to three', () => {
    let params = at('q=a');
    for (const slug of ['a', 'b', 'c', 'd']) params = withCompared(params, slug);
    expect(comparedIn(params)).toEqual(['a', 'b', 'c']);
    expect(comparedIn(withCompared(params, 'b'))).toEqual(['a', 'c']);
    expect(comparedIn(at('compare=a&compare=a&compare=b&compare=c&compare=d'))).toHaveLength(3);
  });
});

it('keeps a chosen value that nothing is left of', () => {
  const facet = { id: 'price', values: [{ value: 'free', name: '', count: 2 }] };
  expect(valuesOf(facet, [{ facet: 'price', value: 'paid' }])).toEqual([
    { value: 'free', name: '', count: 2 },
    { value: 'paid', name: '', count: 0 },
  ]);
});

describe('the order of values', () => {
  const languages = {
    de: 'niemiecki',
    en: 'angielski',
    ja: 'japoński',
    lt: 'łotewski',
    nl: 'luba',
  };
  const value = (code: string, count: number) => ({ value: code, name: '', count });
  const named = ({ value: code }: { value: string }) => languages[code as keyof typeof languages];
  const codes = (counts: [string, number][]) =>
    inOrder(
      counts.map(([code, count]) => value(code, count)),
      named,
      'pl',
    ).map((each) => each.value);

  it('is by count first', () => {
    const counts: [string, number][] = [
      ['de', 1],
      ['ja', 9],
      ['en', 3],
    ];
    expect(codes(counts)).toEqual(['ja', 'en', 'de']);
  });

  it('is by name as the language sorts it, where counts are equal', () => {
    const counts: [string, number][] = [
      ['de', 2],
      ['lt', 2],
      ['ja', 2],
      ['nl', 2],
      ['en', 2],
    ];
    expect(codes(counts)).toEqual(['en', 'ja', 'nl', 'lt', 'de']);
  });
});
