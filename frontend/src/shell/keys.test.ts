import { expect, it } from 'vitest';
import { isMac, wishOf } from './keys';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  [{ key: 'k', ctrlKey: true }, 'palette', undefined],
  [{ key: 'K', ctrlKey: true }, 'palette', undefined],
  [{ key: 'k', metaKey: true }, undefined, 'palette'],
  [{ key: 'f', ctrlKey: true }, 'search', undefined],
  [{ key: ',', ctrlKey: true }, 'settings', undefined],
  [{ key: ',', metaKey: true }, undefined, 'settings'],
  [{ key: 'q', ctrlKey: true }, 'quit', undefined],
  [{ key: 'q', metaKey: true }, undefined, 'quit'],
  [{ key: '[', metaKey: true }, undefined, 'back'],
  [{ key: 'ArrowLeft', altKey: true }, 'back', undefined],
  [{ key: 'ArrowRight', altKey: true }, 'forward', undefined],
  [{ key: 'k' }, undefined, undefined],
  [{ key: 'k', ctrlKey: true, shiftKey: true }, undefined, undefined],
  [{ key: 'k', ctrlKey: true, altKey: true }, undefined, undefined],
  [{ key: 'k', ctrlKey: true, metaKey: true }, undefined, undefined],
] as const)('%o wishes %s, on a Mac %s', (press, want, wantOnMac) => {
  expect(wishOf({ ...none, ...press }, false)).toBe(want);
  expect(wishOf({ ...none, ...press }, true)).toBe(wantOnMac);
});

it('knows a Mac', () => {
  expect(isMac('MacIntel')).toBe(true);
  expect(isMac('Linux x86_64')).toBe(false);
});
