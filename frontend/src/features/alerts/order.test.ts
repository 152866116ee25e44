import { describe, expect, it } from 'vitest';
import type { Alert } from '../../bridge/types';
import {
  groupByApp,
  isQuiet,
  needSignIn,
  noFilter,
  passes,
  readFilter,
  severityOf,
  worstFirst,
  writeFilter,
} from './order';

const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id,
  kind: 'sign_in_expired',
  severity: 'error',
  connectionID: `c-${id}`,
  slug: 'chat',
  app: 'Chat',
  icon: { brand: '', color: '' },
  account: 'Acme',
  since: 1000,
  lastSeen: 1000,
  count: 1,
  title: 'Sign-in expired',
  sinceText: '',
  stateText: '',
  sentence: '',
  effect: '',
  steps: [],
  remedy: 'reconnect',
  remedyLabel: 'Reconnect',
  details: [],
  snoozedUntil: 0,
  ignored: false,
  endedAt: 0,
  how: '',
  ...more,
});
const ids = (alerts: Alert[]) => alerts.map((a) => a.id);

describe('worstFirst', () => {
  it('puts severity before age, and age before name', () => {
    const list = [
      alert('warning', { severity: 'warning', since: 1 }),
      alert('young', { since: 900 }),
      alert('old', { since: 100 }),
      alert('critical', { severity: 'critical', since: 5000 }),
      alert('zoo', { since: 900, app: 'Zoo' }),
    ];
    expect(ids(list.toSorted(worstFirst))).toEqual(['critical', 'old', 'young', 'zoo', 'warning']);
  });

  it('takes a severity it does not know for an error', () => {
    expect(severityOf({ severity: 'fatal' })).toBe('error');
  });
});

it('groups by app, the group with the worst alert first', () => {
  const groups = groupByApp([
    alert('a', { slug: 'crm', app: 'CRM', severity: 'warning' }),
    alert('b', { severity: 'warning', since: 2000 }),
    alert('c', { slug: 'crm', app: 'CRM', severity: 'critical' }),
  ]);
  expect(groups.map((g) => [g.app, ids(g.alerts)])).toEqual([
    ['CRM', ['c', 'a']],
    ['Chat', ['b']],
  ]);
});

describe('passes', () => {
  it.each([
    [noFilter, true],
    [{ ...noFilter, severity: 'error' }, true],
    [{ ...noFilter, severity: 'warning' }, false],
    [{ ...noFilter, kind: 'rate_limited' }, false],
    [{ ...noFilter, slug: 'chat', severity: 'error' }, true],
    [{ ...noFilter, slug: 'crm' }, false],
  ])('%j: %s', (filter, want) => {
    expect(passes(alert('a'), filter)).toBe(want);
  });
});

it('is quiet while snoozed or ignored', () => {
  expect(isQuiet(alert('a', { snoozedUntil: 500 }), 499)).toBe(true);
  expect(isQuiet(alert('a', { snoozedUntil: 500 }), 500)).toBe(false);
  expect(isQuiet(alert('a', { ignored: true }), 0)).toBe(true);
});

it('finds each connection that a sign-in mends once, worst first', () => {
  const list = [
    alert('a'),
    alert('b', { remedy: 'retry_now' }),
    alert('c', { severity: 'critical' }),
    alert('d', { connectionID: 'c-a' }),
    alert('e', { connectionID: '' }),
  ];
  expect(needSignIn(list)).toEqual(['c-c', 'c-a']);
});

it('a filter stands in the address beside what else is there', () => {
  const filter = { severity: 'error', kind: '', slug: 'this-computer' };
  const params = writeFilter(new URLSearchParams('open=a1&kind=provider_down'), filter);
  expect(params.toString()).toBe('open=a1&severity=error&slug=this-computer');
  expect(readFilter(params)).toEqual(filter);
});
