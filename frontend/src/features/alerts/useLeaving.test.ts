// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Alert } from '../../bridge/types';
import { leaveAfter, useLeaving } from './useLeaving';

const alert = (id: string) => ({ id }) as Alert;
const ids = (alerts: Alert[]) => alerts.map((a) => a.id);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps what ended for a moment, and lets it go', () => {
  const [a, b] = [alert('a'), alert('b')];
  const { result, rerender } = renderHook(({ open }) => useLeaving(open), {
    initialProps: { open: [a, b] },
  });
  expect(result.current).toEqual([]);
  rerender({ open: [b] });
  expect(ids(result.current)).toEqual(['a']);
  act(() => vi.advanceTimersByTime(leaveAfter));
  expect(result.current).toEqual([]);
});

it('takes back what is raised again', () => {
  const a = alert('a');
  const { result, rerender } = renderHook(({ open }) => useLeaving(open), {
    initialProps: { open: [a] },
  });
  rerender({ open: [] });
  rerender({ open: [alert('a')] });
  expect(result.current).toEqual([]);
});
