import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from '../../bridge/call';
import { Fault } from '../../bridge/fault';
import type { Attempt, Listing } from '../../bridge/types';
import { Flow, pollEvery, type View } from './flow';
import type { Job } from './plan';

vi.mock('../../bridge/call', async (original) => ({
  ...(await original<typeof import('../../bridge/call')>()),
  call: vi.fn(),
  facade: (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_, method: string) =>
          (...args: unknown[]) =>
            call(name, method, args),
      },
    ),
}));
const events = vi.hoisted(() => new Set<(data: { id: string }) => void>());
vi.mock('../../bridge/events', () => ({
  onEvent: (_: string, listener: (data: { id: string }) => void) => {
    events.add(listener);
    return () => events.delete(listener);
  },
}));

const icon = { brand: '', color: '' };
const connecting = {
  kind: 'oauth2',
  client: 'public',
  forbidden: '',
  variables: [] as unknown[],
  notes: [] as string[],
};
const listing = (more: Partial<typeof connecting> = {}, permissions: unknown[] = []) =>
  ({
    card: { slug: 'chat', name: 'Chat', icon },
    connecting: { ...connecting, ...more },
    permissions,
  }) as unknown as Listing;

const attempt = (phase: string, more: Partial<Attempt> = {}) =>
  ({ id: 'a1', slug: 'chat', app: 'Chat', icon, phase, account: 'Acme', ...more }) as Attempt;

/** What the back end answers, by method; a Fault is thrown. */
let answers: Record<string, unknown>;
let calls: string[];
let ended: string[];

function begin(job: Job = { kind: 'connect', slug: 'chat' }): Flow {
  const flow = new Flow(job, (outcome, last) => ended.push(`${outcome} ${last?.phase ?? ''}`));
  flow.begin();
  return flow;
}
const settle = () => vi.advanceTimersByTimeAsync(0);
const at = (flow: Flow) => flow.snapshot().at;
const signingIn = (flow: Flow) => flow.snapshot() as Extract<View, { at: 'signing_in' }>;
const hint = async (id: string) => {
  for (const listener of [...events]) listener({ id });
  await settle();
};

beforeEach(() => {
  vi.useFakeTimers();
  events.clear();
  [calls, ended] = [[], []];
  answers = { Listing: listing(), Connect: attempt('waiting'), Cancel: undefined };
  vi.mocked(call).mockImplementation(async (_, method, args) => {
    calls.push(`${method} ${JSON.stringify(args)}`);
    const value = answers[method];
    if (value instanceof Fault) throw value;
    return value;
  });
});

afterEach(() => vi.useRealTimers());

describe('before signing in', () => {
  const variable = { name: 'shop', label: 'Shop', help: '', pattern: '', example: '', default: '' };
  it.each([
    ['nothing is needed', listing(), 'signing_in'],
    ['a variable is asked for', listing({ variables: [variable] }), 'form'],
    ['there is something to know', listing({ notes: ['Ask an admin.'] }), 'form'],
    ['a key is asked for', listing({ kind: 'api_key' }), 'form'],
    ['a permission is optional', listing({}, [{ scope: 'x', optional: true }]), 'form'],
    ['the provider forbids it', listing({ client: 'forbidden', forbidden: 'Rules.' }), 'blocked'],
  ])('when %s', async (_, answer, want) => {
    answers.Listing = answer;
    const flow = begin();
    await settle();
    expect(at(flow)).toBe(want);
  });

  it('guides through the client when there is none, then goes on by itself', async () => {
    answers.Listing = listing({ client: 'own' });
    answers.ClientSetup = { slug: 'chat', clientID: '', forbidden: '', asks: [] };
    const flow = begin();
    await settle();
    expect(at(flow)).toBe('client');
    answers.SaveClient = { slug: 'chat', clientID: 'id', forbidden: '', asks: [] };
    await flow.saveClient({ clientID: 'id', clientSecret: '', redirectURI: '', expiresAt: 0 });
    expect(at(flow)).toBe('signing_in');
  });

  it('asks where the provider is before its client, and keeps the answer', async () => {
    const setup = { slug: 'chat', clientID: '', forbidden: '', asks: ['shop'] };
    answers.Listing = listing({ client: 'own', variables: [variable] });
    answers.ClientSetup = setup;
    const flow = begin();
    await settle();
    expect(at(flow)).toBe('place');
    await flow.choosePlace({ shop: 'north ' });
    const north = { slug: 'chat', connectionID: '', variables: [{ name: 'shop', value: 'north' }] };
    expect(calls.at(-1)).toBe(`ClientSetup ${JSON.stringify([north])}`);
    expect(at(flow)).toBe('client');
    const entry = { clientID: 'id', clientSecret: '', redirectURI: '', expiresAt: 0 };
    answers.SaveClient = { ...setup, clientID: 'id' };
    await flow.saveClient(entry);
    expect(calls).toContain(`SaveClient ${JSON.stringify([north, entry])}`);
    expect(calls.at(-1)).toContain(`"variables":${JSON.stringify(north.variables)}`);
    expect(at(flow)).toBe('signing_in');
  });

  it('goes back step by step, and each has what was entered', async () => {
    const setup = { slug: 'chat', clientID: '', forbidden: '', asks: ['shop'] };
    const optional = [{ scope: 'files', optional: true }];
    answers.Listing = listing({ client: 'own', variables: [variable] }, optional);
    answers.ClientSetup = setup;
    answers.SaveClient = { ...setup, clientID: 'id' };
    answers.Connect = attempt('failed');
    const flow = begin();
    await settle();
    expect(flow.canGoBack).toBe(false);
    await flow.choosePlace({ shop: 'north' });
    await flow.saveClient({ clientID: 'id', clientSecret: '', redirectURI: '', expiresAt: 0 });
    const options = { variables: [], optional: ['files'], window: '', key: '' };
    await flow.start(options);
    expect(at(flow)).toBe('signing_in');

    flow.back();
    expect(at(flow)).toBe('form');
    expect(flow.options).toEqual(options);
    flow.back();
    expect(flow.snapshot()).toMatchObject({ at: 'client', plan: { setup: { clientID: 'id' } } });
    flow.back();
    expect(flow.snapshot()).toMatchObject({ at: 'place', plan: { entered: { shop: 'north' } } });
    expect(flow.canGoBack).toBe(false);

    await flow.choosePlace({ shop: 'south' });
    flow.back();
    expect(flow.snapshot()).toMatchObject({ at: 'place', plan: { entered: { shop: 'south' } } });
  });

  it('comes back to the form when the provider refuses what stands there', async () => {
    answers.Listing = listing({ kind: 'api_key' });
    const flow = begin();
    await settle();
    answers.Attempt = attempt('failed', { code: 'invalid', field: 'key', message: 'no' });
    await flow.start({ variables: [], optional: [], window: '', key: 'k' });
    expect(at(flow)).toBe('signing_in');
    await hint('a1');
    expect(flow.snapshot()).toMatchObject({ at: 'form', fault: { code: 'invalid', field: 'key' } });
    expect(events.size).toBe(0);
  });

  it('leads to the client that a provider refuses, stored before or entered just now', async () => {
    const refused = attempt('failed', { code: 'client_misconfigured', field: '' });
    answers.Listing = listing({ client: 'own' });
    answers.ClientSetup = { slug: 'chat', clientID: 'old', forbidden: '', asks: [] };
    answers.SaveClient = { slug: 'chat', clientID: 'new', forbidden: '', asks: [] };
    answers.Connect = refused;
    const flow = begin();
    await settle();
    expect(flow.canChangeClient(refused)).toBe(true);
    for (let i = 0; i < 2; i++) {
      flow.changeClient();
      expect(at(flow)).toBe('client');
      expect(flow.canGoBack).toBe(false);
      await flow.saveClient({ clientID: 'new', clientSecret: '', redirectURI: '', expiresAt: 0 });
      expect(at(flow)).toBe('signing_in');
    }
    expect(flow.canChangeClient(attempt('failed', { code: 'denied' }))).toBe(false);
  });

  it('forgets what was refused once it is changed', async () => {
    answers.Listing = listing({ kind: 'api_key' });
    answers.Connect = new Fault('invalid', 'no such key', 'key');
    const flow = begin();
    await settle();
    await flow.start({ variables: [], optional: [], window: '', key: 'k' });
    flow.forgetFault();
    expect(flow.snapshot()).toMatchObject({ at: 'form', fault: null });
  });

  it('keeps the form and says what was refused', async () => {
    answers.Listing = listing({ kind: 'api_key' });
    answers.Connect = new Fault('invalid', 'no such key', 'key');
    const flow = begin();
    await settle();
    await flow.start({ variables: [], optional: [], window: '', key: 'k' });
    expect(flow.snapshot()).toMatchObject({ at: 'form', busy: false, fault: { field: 'key' } });
  });

  it('says why it cannot start and tries again', async () => {
    answers.Listing = new Fault('timeout', '');
    const flow = begin();
    await settle();
    expect(flow.snapshot()).toMatchObject({ at: 'preparing', fault: { code: 'timeout' } });
    answers.Listing = listing();
    await flow.again();
    expect(at(flow)).toBe('signing_in');
  });
});

describe('an attempt', () => {
  it('is followed by its events to the end, and not longer', async () => {
    const flow = begin();
    await settle();
    answers.Attempt = attempt('finishing');
    await hint('another');
    expect(signingIn(flow).attempt.phase).toBe('waiting');
    await hint('a1');
    expect(signingIn(flow).attempt.phase).toBe('finishing');
    answers.Attempt = attempt('done');
    await hint('a1');
    expect(ended).toEqual(['done done']);
    expect(events.size).toBe(0);
    const before = calls.length;
    await vi.advanceTimersByTimeAsync(10 * pollEvery);
    expect(calls.length).toBe(before);
  });

  it('is asked for in case an event was lost', async () => {
    begin();
    await settle();
    answers.Attempt = attempt('done');
    await vi.advanceTimersByTimeAsync(pollEvery);
    expect(ended).toEqual(['done done']);
  });

  it.each([
    'closed',
    'declined',
    'failed',
    'canceled',
  ])('that was %s can be tried again', async (phase) => {
    const flow = begin();
    await settle();
    answers.Attempt = attempt(phase);
    await hint('');
    expect(signingIn(flow).attempt.phase).toBe(phase);
    expect(ended).toEqual([]);
    answers.Connect = attempt('waiting', { id: 'a2' });
    await flow.again();
    expect(signingIn(flow).attempt).toMatchObject({ id: 'a2', phase: 'waiting' });
  });

  it('that comes back with another account waits for a choice', async () => {
    answers.Listing = listing({}, [{ scope: 'x', optional: true }]);
    answers.Connection = {
      connection: { slug: 'chat', app: 'Chat', icon },
      permissions: [{ permission: { scope: 'x', optional: true }, asked: true, granted: true }],
    };
    answers.Reconnect = attempt('choosing', { other: 'Other' });
    const flow = begin({ kind: 'reconnect', connectionID: 'c1' });
    await settle();
    expect(signingIn(flow).attempt.other).toBe('Other');
    expect(calls).toContain(
      'Reconnect ["c1",{"variables":[],"optional":["x"],"window":"","key":""}]',
    );
    answers.Resolve = attempt('done');
    await flow.resolve('add');
    expect(calls).toContain('Resolve ["a1","add"]');
    expect(ended).toEqual(['done done']);
  });

  it('asks which permissions to add, and keeps those that are there', async () => {
    answers.Listing = listing({}, [
      { scope: 'x', optional: true },
      { scope: 'y', optional: true },
    ]);
    answers.Connection = {
      connection: { slug: 'chat', app: 'Chat', icon },
      permissions: [{ permission: { scope: 'x', optional: true }, asked: true, granted: true }],
    };
    const flow = begin({ kind: 'add_permissions', connectionID: 'c1' });
    await settle();
    expect(flow.snapshot()).toMatchObject({ at: 'form', plan: { optional: [{ scope: 'y' }] } });
  });

  it('opens in another window, and says when that did not work', async () => {
    const flow = begin();
    await settle();
    answers.OpenAgain = new Fault('no_browser', '');
    await flow.openAgain('tab');
    expect(signingIn(flow)).toMatchObject({ busy: false, fault: { code: 'no_browser' } });
    answers.Attempt = attempt('waiting');
    await hint('a1');
    expect(signingIn(flow).fault).toMatchObject({ code: 'no_browser' });
    answers.OpenAgain = attempt('waiting', { window: 'tab' });
    await flow.openAgain('tab');
    expect(signingIn(flow)).toMatchObject({ busy: false, fault: null, attempt: { window: 'tab' } });
  });

  it('is canceled when the dialog is closed, and only then', async () => {
    const flow = begin();
    await settle();
    flow.close();
    expect(calls.at(-1)).toBe('Cancel ["a1"]');
    expect(ended).toEqual(['stopped ']);
    flow.close();
    expect(ended).toHaveLength(1);
  });

  it('that starts after the dialog was closed is canceled at once', async () => {
    const flow = begin();
    flow.close();
    await settle();
    expect(calls).not.toContain('Connect');
    const late = begin();
    await vi.advanceTimersByTimeAsync(0);
    late.close();
    await settle();
    expect(calls.filter((c) => c.startsWith('Cancel'))).toHaveLength(1);
  });
});
