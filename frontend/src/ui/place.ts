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

window.addEventListener('hashchange', () => {
  clearTimeout(pending);
  pending = undefined;
  current = window.location.hash;
  for (const changed of listeners) changed();
});

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function settle(): void {
  if (pending === undefined) return;
  clearTimeout(pending);
  pending = undefined;
  window.history.replaceState(window.history.state, '', current);
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
  if (!replace) {
    settle();
    window.location.hash = hash;
    return;
  }
  current = hash;
  clearTimeout(pending);
  pending = setTimeout(settle, settleAfter);
  for (const changed of listeners) changed();
}
