import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useAfterPaint } from './useAfterPaint';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets a picture be drawn: its callbacks, then the tasks behind it. */
const paint = () => act(() => vi.advanceTimersByTime(32));

it('follows once the picture is there, with the last of several values', () => {
  const { result, rerender } = renderHook((value: number) => useAfterPaint(value, 0), {
    initialProps: 1,
  });
  expect(result.current).toBe(0);
  paint();
  expect(result.current).toBe(1);
  rerender(2);
  rerender(3);
  expect(result.current).toBe(1);
  paint();
  expect(result.current).toBe(3);
});
