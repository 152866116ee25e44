import { useMemo, useSyncExternalStore } from 'react';
import { formatHash, type Place, parseHash } from '../lib/hash';

/**
 * Where the window is. Replacing the address for every keystroke is more than
 * WebKit allows (100 times in 30 seconds), so the address follows a little later.
 */
let current = window.location.hash;
let pending: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const settleAfter = 350;

function show(hash: string): void {
  current = hash;
  for (const changed of listeners) changed();
}

window.addEventListener('hashchange', () => {
  clearTimeout(pending);
  pending = undefined;
  show(window.location.hash);
});

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** Writes the address. WebKit refuses when that happens too often; then the next one tells. */
function write(how: 'pushState' | 'replaceState'): void {
  try {
    window.history[how](null, '', current);
  } catch (error) {
    console.error(error);
  }
}

function settle(): void {
  if (pending === undefined) return;
  clearTimeout(pending);
  pending = undefined;
  write('replaceState');
}

/** The place the window shows; renders again when it changes. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => current);
  return useMemo(() => parseHash(hash), [hash]);
}

/** The place the window shows now, for event handlers. */
export function placeNow(): Place {
  return parseHash(current);
}

/** Goes to a place. With `replace`, Back does not return to the one before. */
export function goTo(path: string[], params?: URLSearchParams, replace = false): void {
  const hash = formatHash(path, params);
  if (hash === current) return;
  if (!replace) settle();
  show(hash);
  if (!replace) {
    write('pushState');
    return;
  }
  clearTimeout(pending);
  pending = setTimeout(settle, settleAfter);
}
