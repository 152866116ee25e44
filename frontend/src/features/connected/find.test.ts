import { describe, expect, it } from 'vitest';
import type { Connection } from '../../bridge/types';
import { countStates, find, readSearch, writeSearch } from './find';
import { helpOf, needsAttention, stateOf, states, toneOf } from './state';

const connection = (id: string, more: Partial<Connection> = {}): Connection => ({
  id,
  slug: 'chat',
  app: 'Chat',
  icon: { brand: '', color: '' },
  sandbox: false,
  account: 'Acme',
  name: '',
  purpose: '',
  owner: 'Ada',
  state: 'connected',
  stateSince: 0,
  connectedAt: 0,
  checkedAt: 0,
  usedAt: 0,
  alerts: 0,
  renewalDies: 0,
  ...more,
});

const all = [
  connection('1', { account: 'Żółw', connectedAt: 3, checkedAt: 30 }),
  connection('2', {
    app: 'CRM',
    slug: 'crm',
    state: 'sign_in_needed',
    connectedAt: 1,
    checkedAt: 10,
  }),
  connection('3', { app: 'Billing', slug: 'billing', owner: 'Jan', connectedAt: 2, checkedAt: 20 }),
];
const search = readSearch(new URLSearchParams());
const found = (more: Partial<typeof search>) => find(all, { ...search, ...more }).map((c) => c.id);

describe('find', () => {
  it.each([
    ['everything, what needs a person first', {}, ['2', '3', '1']],
    ['by app', { sort: 'app' as const }, ['3', '1', '2']],
    ['newest first', { sort: 'newest' as const }, ['1', '3', '2']],
    ['longest unchecked first', { sort: 'checked' as const }, ['2', '3', '1']],
    ['words in any order and without accents', { text: 'ZOLW chat' }, ['1']],
    ['nothing for a word that is nowhere', { text: 'chat nowhere' }, []],
    ['one state', { state: 'sign_in_needed' }, ['2']],
    ['one owner', { owner: 'Jan' }, ['3']],
    ['one app', { app: 'chat' }, ['1']],
  ])('finds %s', (_, more, want) => {
    expect(found(more)).toEqual(want);
  });

  it('does not change the list it is given', () => {
    found({ sort: 'newest' });
    expect(all.map((c) => c.id)).toEqual(['1', '2', '3']);
  });
});

it('keeps a search in the address and leaves out what is as usual', () => {
  const wanted = { text: 'a b', state: 'paused', owner: '', app: 'crm', sort: 'app' as const };
  expect(readSearch(writeSearch(wanted))).toEqual(wanted);
  expect(writeSearch(search).toString()).toBe('');
  expect(readSearch(new URLSearchParams('sort=nonsense')).sort).toBe('state');
});

describe('states', () => {
  it('are counted in the order of an overview', () => {
    expect(countStates(all)).toEqual([
      { state: 'sign_in_needed', count: 1 },
      { state: 'connected', count: 2 },
    ]);
  });

  it.each([
    ['sign_in_needed', 0, true],
    ['provider_down', 0, false],
    ['provider_down', 1, true],
    ['offline', 0, false],
    ['connected', 0, false],
  ])('%s with %i alerts needs attention: %s', (state, alerts, want) => {
    expect(needsAttention({ state, alerts })).toBe(want);
  });

  it('that are newer than the window are shown as retrying', () => {
    expect(stateOf({ state: 'hibernating' })).toBe('retrying');
  });

  it('offer to sign in or to correct the client exactly where only a person can help', () => {
    for (const state of states) {
      const byPerson = ['reconnect', 'set_up'].includes(helpOf(state) ?? '');
      expect(byPerson).toBe(toneOf(state) === 'critical');
    }
  });

  it('offer what the alert about them does', () => {
    expect(helpOf('connected', 'review_listing')).toBe('review');
    expect(helpOf('client_misconfigured', 'open_settings')).toBe('set_up');
    expect(helpOf('provider_down', 'none')).toBe('check');
  });
});
