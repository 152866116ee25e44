import { describe, expect, it } from 'vitest';
import {
  byName,
  check,
  compare,
  compile,
  complete,
  dayOf,
  defaults,
  endOf,
  fill,
  named,
  placesIn,
} from './entry';

const variable = {
  name: 'shop',
  label: 'Shop',
  help: '',
  pattern: '^[a-z0-9][a-z0-9-]*$',
  example: 'acme',
  default: '',
};

describe('check', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['acme', 'right'],
    [' acme ', 'right'],
    ['Acme!', 'wrong'],
    ['a'.repeat(251), 'wrong'],
  ])('%j is %s', (value, want) => {
    expect(check(variable, value)).toBe(want);
  });

  it('leaves to Go what JavaScript does not know or could hang on', () => {
    expect(compile('(?i)^a$')).toBeNull();
    expect(compile('^(a+)+$')).toBeNull();
    expect(compile('^(?:[a-z]+\\.)*[a-z]+$')).toBeNull();
    expect(compile('^api\\.(eu\\.|au\\.)?intercom\\.io$')).not.toBeNull();
    expect(check({ ...variable, pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`)).toBe('right');
  });
});

describe('the form', () => {
  it('is complete when every variable is right', () => {
    const region = { ...variable, name: 'region', default: 'eu' };
    const values = defaults([variable, region]);
    expect(values).toEqual({ shop: '', region: 'eu' });
    expect(complete([variable, region], values)).toBe(false);
    expect(complete([variable, region], { ...values, shop: 'acme' })).toBe(true);
  });

  it('sends values without spaces around them', () => {
    expect(named({ shop: ' acme ' })).toEqual([{ name: 'shop', value: 'acme' }]);
    expect(byName(named({ shop: ' acme ' }))).toEqual({ shop: 'acme' });
  });
});

it('compares what is asked for now with what was asked for before', () => {
  const permission = (scope: string, optional = false) => ({
    scope,
    reason: '',
    access: 'read',
    optional,
  });
  const now = [
    permission('read'),
    permission('write'),
    permission('a', true),
    permission('b', true),
  ];
  const { added, dropped, optional } = compare(now, [
    permission('read'),
    permission('old'),
    permission('a', true),
  ]);
  const scopes = [added, dropped, optional].map((list) => list.map((p) => p.scope));
  expect(scopes).toEqual([['write'], ['old'], ['b']]);
});

describe('addresses with places', () => {
  const address = 'https://{{variables.shop}}.example.com/admin';
  it('are opened once what they need is right', () => {
    expect(placesIn(address, [variable, { ...variable, name: 'region' }])).toEqual([variable]);
    expect(fill(address, [variable], { shop: ' acme ' })).toBe('https://acme.example.com/admin');
    expect(fill(address, [variable], { shop: 'evil.example/' })).toBe('');
    expect(fill(address, [variable], {})).toBe('');
    expect(fill('https://example.com', [variable], {})).toBe('https://example.com');
    expect(fill('https://{{variables.other}}.example.com', [variable], {})).toBe('');
  });
});

it.each(['2026-11-25', '2027-02-28', '', 'soon'])('the day %j comes back as it was', (day) => {
  expect(dayOf(endOf(day))).toBe(day === 'soon' ? '' : day);
});
