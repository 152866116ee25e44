import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { goTo, placeNow, usePlace } from './place';

beforeEach(() => {
  vi.useFakeTimers();
  goTo(['start']);
});

afterEach(() => vi.useRealTimers());

const q = (text: string) => new URLSearchParams({ q: text });

it('is there at once, and in the address a little later when it replaces', () => {
  const { result } = renderHook(() => usePlace());
  act(() => goTo(['discover'], q('a')));
  expect(window.location.hash).toBe('#/discover?q=a');
  act(() => goTo(['discover'], q('ab'), true));
  expect(result.current.params.get('q')).toBe('ab');
  expect(window.location.hash).toBe('#/discover?q=a');
  vi.advanceTimersByTime(1000);
  expect(window.location.hash).toBe('#/discover?q=ab');
});

it('writes the address once for many keystrokes', () => {
  const written = vi.spyOn(window.history, 'replaceState');
  for (let i = 0; i < 200; i += 1) goTo(['discover'], q('x'.repeat(i + 1)), true);
  vi.advanceTimersByTime(1000);
  expect(written).toHaveBeenCalledTimes(1);
  expect(placeNow().params.get('q')).toHaveLength(200);
  written.mockRestore();
});

it('settles what was typed before it goes on, so that Back finds it', () => {
  goTo(['discover'], q('ab'), true);
  const before = window.history.length;
  goTo(['apps', 'slack']);
  expect(window.history.length).toBe(before + 1);
  expect(window.location.hash).toBe('#/apps/slack');
  vi.advanceTimersByTime(1000);
  expect(window.location.hash).toBe('#/apps/slack');
});

it('goes where the address goes, and forgets what was not yet written', () => {
  const { result } = renderHook(() => usePlace());
  act(() => goTo(['discover'], q('ab'), true));
  window.history.replaceState(null, '', '#/settings/about');
  act(() => {
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
  vi.advanceTimersByTime(1000);
  expect(result.current.path).toEqual(['settings', 'about']);
  expect(window.location.hash).toBe('#/settings/about');
});

it('survives a browser that refuses', () => {
  const refuse = vi.spyOn(window.history, 'pushState').mockImplementation(() => {
    throw new DOMException('too often', 'SecurityError');
  });
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  goTo(['discover'], q('c'));
  expect(placeNow().params.get('q')).toBe('c');
  expect(said).toHaveBeenCalledOnce();
  refuse.mockRestore();
  said.mockRestore();
});
