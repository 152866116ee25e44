import { describe, expect, it } from 'vitest';
import type { Plan, Pricing } from '../../bridge/types';
import { cyclesOf, money, priceOf } from './price';

function plan(monthly: number, yearly: number, currency = 'EUR'): Plan {
  return { name: 'Team', monthly, yearly, currency, note: '', features: [] };
}

const pricing = (...plans: Plan[]): Pricing => ({ model: 'paid', plans, page: '', checked: '' });

describe('priceOf', () => {
  it.each([
    [plan(12, 10), 'monthly', { kind: 'amount', text: '€12', saved: '' }],
    [plan(12, 10), 'yearly', { kind: 'amount', text: '€10', saved: '17%' }],
    [plan(12.5, 12.5), 'yearly', { kind: 'amount', text: '€12.50', saved: '' }],
    [plan(10, 12), 'yearly', { kind: 'amount', text: '€12', saved: '' }],
    [plan(-1, 10), 'yearly', { kind: 'amount', text: '€10', saved: '' }],
    [plan(0, 0), 'monthly', { kind: 'free' }],
    [plan(0, 5), 'yearly', { kind: 'amount', text: '€5', saved: '' }],
    [plan(12, -1), 'yearly', { kind: 'none' }],
    [plan(Number.NaN, 1), 'monthly', { kind: 'none' }],
  ] as const)('%o billed %s is %o', (of, cycle, want) => {
    expect(priceOf(of, cycle, 'en')).toEqual(want);
  });
});

describe('cyclesOf', () => {
  it.each([
    [pricing(), []],
    [pricing(plan(-1, -1)), []],
    [pricing(plan(5, -1)), ['monthly']],
    [pricing(plan(-1, 4)), ['yearly']],
    [pricing(plan(5, -1), plan(-1, 4)), ['monthly', 'yearly']],
  ])('%o has %j', (of, want) => {
    expect(cyclesOf(of)).toEqual(want);
  });
});

it('writes money as the language does, and survives a currency that is none', () => {
  expect(money(1234.5, 'PLN', 'pl').replace(/\s/g, ' ')).toBe('1234,50 zł');
  expect(money(5, 'nonsense', 'en')).toBe('5 nonsense');
  expect(money(5, '', 'en')).toBe('5');
});
