import { QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newQueryClient } from '../../bridge/query';
import type { Alert } from '../../bridge/types';
import { answer } from '../../lib/intent';
import { speak } from '../../texts/texts';
import { closeDelay, openDelay } from '../../ui/hoverCards';
import { AlertList } from './AlertList';

const alert = (id: string, app: string, more: Partial<Alert> = {}): Alert => ({
  id,
  kind: 'sign_in_expired',
  title: 'Sign-in expired',
  severity: 'error',
  connectionID: `c-${id}`,
  slug: app.toLowerCase(),
  app,
  icon: { brand: '', color: '' },
  account: 'Acme',
  since: 1000,
  sinceText: '3 times since 11:00',
  stateText: '',
  lastSeen: 1000,
  count: 3,
  sentence: `${app} no longer accepts the sign-in.`,
  effect: 'Workflows wait.',
  steps: ['Choose Reconnect.', 'Sign in.'],
  remedy: 'reconnect',
  remedyLabel: 'Reconnect',
  details: [{ label: 'Answer', value: 'invalid_grant' }],
  snoozedUntil: 0,
  ignored: false,
  endedAt: 0,
  how: '',
  ...more,
});
const chat = alert('a', 'Chat');
const mail = alert('b', 'Mail', { severity: 'warning' });

function show(alerts: Alert[] = [chat, mail], leaving: Alert[] = []) {
  const client = newQueryClient();
  const list = (now: Alert[], gone: Alert[]) => (
    <QueryClientProvider client={client}>
      <AlertList alerts={now} leaving={gone} />
    </QueryClientProvider>
  );
  const { rerender } = render(list(alerts, leaving));
  return (now: Alert[], gone: Alert[] = []) => rerender(list(now, gone));
}

const row = (app: string) => screen.getByRole('button', { name: new RegExp(`^${app}`) });
const card = () => screen.queryByRole('group', { name: /no longer accepts/ });
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const hover = async (app: string) => {
  fireEvent.pointerEnter(row(app), { pointerType: 'mouse', clientX: 5, clientY: 5 });
  await wait(openDelay);
};

beforeEach(async () => {
  await speak('en');
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('a row', () => {
  it('opens its card on hover and closes it when the pointer has left', async () => {
    show();
    await hover('Chat');
    const open = within(card() as HTMLElement);
    expect(open.getByText('3 times since 11:00')).toBeTruthy();
    expect(open.getAllByRole('listitem').map((li) => li.textContent)).toEqual([
      'Choose Reconnect.',
      'Sign in.',
    ]);
    fireEvent.pointerLeave(row('Chat'));
    await wait(closeDelay);
    expect(card()).toBeNull();
  });

  it('lets the pointer into the card', async () => {
    show();
    await hover('Chat');
    fireEvent.pointerLeave(row('Chat'));
    fireEvent.pointerEnter(card() as HTMLElement);
    await wait(10 * closeDelay);
    expect(card()).not.toBeNull();
  });

  it('opens its card when the keyboard reaches it; arrow keys go from row to row', async () => {
    show();
    vi.useRealTimers();
    const user = userEvent.setup();
    await user.tab();
    expect(row('Chat').getAttribute('aria-expanded')).toBe('true');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(row('Mail'));
    expect([row('Chat').tabIndex, row('Mail').tabIndex]).toEqual([-1, 0]);
  });

  it('is described by what happened, for a screen reader', () => {
    show();
    const id = row('Chat').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(id)?.textContent).toBe(
      'Chat no longer accepts the sign-in. Workflows wait.',
    );
  });
});

describe('a card', () => {
  it('closes with Esc and stays closed under the resting pointer', async () => {
    show();
    await hover('Chat');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(card()).toBeNull();
    await hover('Chat');
    expect(card()).toBeNull();
  });

  it('stays when it is pinned, until it is closed', async () => {
    show();
    await hover('Chat');
    fireEvent.click(screen.getByRole('button', { name: 'Keep open' }));
    fireEvent.pointerLeave(card() as HTMLElement);
    await wait(10 * closeDelay);
    expect(card()).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(card()).toBeNull();
  });

  it('runs the remedy in place, and stays meanwhile', async () => {
    const asked: string[] = [];
    let finish = () => {};
    const stop = answer('reconnect', ({ connectionID }) => {
      asked.push(connectionID);
      return new Promise((resolve) => {
        finish = () => resolve('done');
      });
    });
    show();
    await hover('Chat');
    fireEvent.click(screen.getByRole('button', { name: 'Reconnect' }));
    fireEvent.pointerLeave(card() as HTMLElement);
    await wait(10 * closeDelay);
    expect(asked).toEqual(['c-a']);
    expect(screen.getByText('Working on it')).toBeTruthy();
    finish();
    await wait(0);
    expect(screen.queryByText('Working on it')).toBeNull();
    stop();
  });

  it('goes with its alert, and the row says that it was mended', async () => {
    const update = show();
    await hover('Chat');
    update([mail], [chat]);
    expect(card()).toBeNull();
    expect(screen.getByText(/^Mended/)).toBeTruthy();
    update([mail]);
    expect(screen.queryByText(/^Mended/)).toBeNull();
  });
});
