import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../bridge/fault';
import type { Attempt, ConnectionDetail } from '../../bridge/types';
import { speak } from '../../texts/texts';
import { FlowDialog } from './FlowDialog';
import { Flow, type View } from './flow';
import type { Plan } from './plan';

const icon = { brand: '', color: '' };
const plan: Plan = {
  slug: 'chat',
  app: 'Chat',
  icon,
  listing: null,
  setup: null,
  connection: null,
  added: [],
  dropped: [],
  optional: [],
  entered: {},
  step: null,
};
const attempt = (phase: string, more: Partial<Attempt> = {}): Attempt => ({
  id: 'a1',
  slug: 'chat',
  app: 'Chat',
  icon,
  reconnect: '',
  phase,
  host: 'chat.example',
  url: 'https://chat.example/authorize',
  window: 'browser_popup',
  userCode: '',
  verifyURL: '',
  expires: 0,
  code: '',
  field: '',
  message: '',
  connectionID: '',
  account: 'Acme',
  other: '',
  what: '',
  options: [],
  pastes: '',
  ...more,
});

function show(now: Attempt, more: Partial<Plan> = {}) {
  const flow = new Flow({ kind: 'connect', slug: 'chat' }, () => {});
  const view: View = {
    at: 'signing_in',
    plan: { ...plan, ...more },
    attempt: now,
    busy: false,
    fault: null,
  };
  render(<FlowDialog flow={flow} view={view} />);
}
const button = (name: string) => screen.queryByRole('button', { name });

beforeAll(async () => {
  await speak('en');
});

describe('waiting', () => {
  it.each([
    ['opening', 'browser_popup', 'Opening the sign-in window'],
    ['waiting', 'browser_popup', 'Waiting for you to sign in, in the window that opened'],
    ['waiting', 'tab', 'Waiting for you to sign in, in your browser'],
    ['finishing', 'tab', 'Signed in. Finishing up'],
  ])('%s in a %s', (phase, window, want) => {
    show(attempt(phase, { window }));
    expect(screen.getByRole('dialog', { name: 'Sign in to Chat' })).toBeTruthy();
    expect(screen.getByText('chat.example').tagName).toBe('STRONG');
    expect(screen.getByText(want).getAttribute('role')).toBe('status');
    for (const name of ['Cancel', 'Copy link', 'Use another window'])
      expect(button(name)).toBeTruthy();
  });

  it('shows the code of a device sign-in, and no link to copy', () => {
    show(attempt('waiting', { userCode: 'WDJB-MJHT', verifyURL: 'https://chat.example/device' }));
    expect(screen.getByLabelText('Code').textContent).toBe('WDJB-MJHT');
    expect(button('Open page')).toBeTruthy();
    expect(button('Copy code')).toBeTruthy();
    expect(button('Copy link')).toBeNull();
    expect(screen.queryByRole('timer')).toBeNull();
  });

  it('counts down to the end of a device code', () => {
    vi.useFakeTimers({ now: 0 });
    show(attempt('waiting', { userCode: 'X', verifyURL: 'https://chat.example', expires: 66_000 }));
    const timer = () => screen.getByRole('timer').textContent;
    expect(timer()).toBe('The code works for another 1:06.');
    act(() => vi.advanceTimersByTime(6_000));
    expect(timer()).toBe('The code works for another 1:00.');
    act(() => vi.advanceTimersByTime(61_000));
    expect(timer()).toBe('The code has run out.');
    vi.useRealTimers();
  });
});

describe('the end', () => {
  it.each([
    ['closed', 'The sign-in window was closed'],
    ['declined', 'Access was not approved'],
    ['canceled', 'The sign-in was canceled'],
    ['failed', 'The sign-in did not work'],
  ])('%s is said, with what is left and Try again', (phase, title) => {
    show(attempt(phase));
    expect(screen.getByRole('dialog', { name: title })).toBeTruthy();
    expect(screen.getByText(/Nothing was connected/)).toBeTruthy();
    expect(button('Try again')).toBeTruthy();
  });

  it('of a reconnect leaves the connection as it was', () => {
    show(attempt('closed'), { connection: {} as ConnectionDetail });
    expect(screen.getByText(/The connection is as it was before/)).toBeTruthy();
  });

  it('explains a failure by its code, never by its technical text', () => {
    show(attempt('failed', { code: 'untrusted', message: 'iss does not match' }));
    expect(screen.getByText(/The answer could not be trusted/)).toBeTruthy();
    expect(button('Technical details')).toBeTruthy();
  });
});

it('asks before another account replaces the old one, and suggests to keep it', () => {
  show(attempt('choosing', { other: 'Other' }));
  const radios = screen.getAllByRole<HTMLInputElement>('radio');
  expect(radios.map((radio) => radio.value)).toEqual(['keep', 'replace', 'add']);
  expect(radios.map((radio) => radio.checked)).toEqual([true, false, false]);
});

it('lets the person pick what the connection is for', () => {
  const options = [
    { value: 'n', name: 'North Ltd' },
    { value: 's', name: 'South Ltd' },
  ];
  show(attempt('picking', { what: 'Organisation', options }));
  expect(screen.getByRole('radiogroup', { name: 'Organisation' })).toBeTruthy();
  const radios = screen.getAllByRole<HTMLInputElement>('radio');
  expect(radios.map(({ value, checked }) => [value, checked])).toEqual([
    ['n', true],
    ['s', false],
  ]);
  expect(screen.getByText('South Ltd')).toBeTruthy();
});

it('takes the address at which the browser arrived, and says when it is not the one', () => {
  const page = 'https://acme.example/signed-in';
  const flow = new Flow({ kind: 'connect', slug: 'chat' }, () => {});
  const paste = vi.spyOn(flow, 'paste').mockResolvedValue();
  const view: View = {
    at: 'signing_in',
    plan,
    attempt: attempt('waiting', { pastes: page }),
    busy: false,
    fault: null,
  };
  const { rerender } = render(<FlowDialog flow={flow} view={view} />);
  expect(screen.getByText(new RegExp(page))).toBeTruthy();
  const field = screen.getByRole('textbox', { name: 'Address from the browser' });
  fireEvent.change(field, { target: { value: ` ${page}?code=1 ` } });
  fireEvent.submit(field);
  expect(paste).toHaveBeenCalledWith(`${page}?code=1`);
  const fault = new Fault('invalid', 'no', 'answer');
  rerender(<FlowDialog flow={flow} view={{ ...view, fault }} />);
  expect(screen.getByText(/This is not the address where this sign-in ended/)).toBeTruthy();
});
