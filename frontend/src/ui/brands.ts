import { useSyncExternalStore } from 'react';

let paths: Record<string, string> | undefined;
const waiting = new Set<() => void>();

/** Loads the marks once; they are a file of their own so that the first paint need not wait. */
export async function loadBrands(): Promise<void> {
  paths = (await import('./brands.gen')).brands;
  for (const changed of waiting) changed();
}

function subscribe(changed: () => void): () => void {
  waiting.add(changed);
  return () => waiting.delete(changed);
}

/** The mark's path; undefined while the marks load, null when there is no such mark. */
export function useBrand(brand: string): string | null | undefined {
  const loaded = useSyncExternalStore(subscribe, () => paths);
  if (brand === '') return null;
  return loaded ? (loaded[brand] ?? null) : undefined;
}
