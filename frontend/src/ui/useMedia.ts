import { useCallback, useSyncExternalStore } from 'react';
import { kept } from '../lib/kept';

const lists = new Map<string, MediaQueryList>();

/** Whether a media query holds now; renders again when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = listOf(query);
      list?.addEventListener('change', changed);
      return () => list?.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => listOf(query)?.matches ?? false);
}

/** One for each query: a window asks with every letter typed. */
function listOf(query: string): MediaQueryList | undefined {
  return window.matchMedia && kept(lists, query, () => window.matchMedia(query));
}
