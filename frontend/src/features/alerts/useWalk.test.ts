// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answer, type Outcome } from '../../lib/intent';
import { useWalk } from './useWalk';

function answering(outcomes: Record<string, Outcome>) {
  const asked: string[] = [];
  answer('reconnect', async ({ connectionID }) => {
    asked.push(connectionID);
    return outcomes[connectionID] ?? 'done';
  });
  return asked;
}

it('goes from one to the next and says what was done', async () => {
  const asked = answering({});
  const { result } = renderHook(useWalk);
  await act(() => result.current.start(['a', 'b', 'c']));
  expect(asked).toEqual(['a', 'b', 'c']);
  expect(result.current.walk).toEqual({ left: [], done: 3, skipped: 0, phase: 'over' });
});

it('halts after one that was not finished, and goes on when asked', async () => {
  const asked = answering({ b: 'stopped' });
  const { result } = renderHook(useWalk);
  await act(() => result.current.start(['a', 'b', 'c', 'd']));
  expect(asked).toEqual(['a', 'b']);
  expect(result.current.walk).toEqual({ left: ['c', 'd'], done: 1, skipped: 1, phase: 'halted' });
  await act(async () => void (await result.current.goOn()));
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
  expect(result.current.walk).toEqual({ left: [], done: 3, skipped: 1, phase: 'over' });
});

it('is over when the last one was not finished', async () => {
  answering({ b: 'stopped' });
  const { result } = renderHook(useWalk);
  await act(() => result.current.start(['a', 'b']));
  expect(result.current.walk).toMatchObject({ done: 1, skipped: 1, phase: 'over' });
  act(() => result.current.stop());
  expect(result.current.walk).toBeNull();
});
