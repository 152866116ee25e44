import type { Feed } from '../../bridge/types';

/** After this a feed's last good answer counts as old: three days, in milliseconds. */
export const staleAfter = 3 * 24 * 60 * 60 * 1000;

/**
 * Since when the catalogue is old, or 0 when it is not. The built-in feed ages
 * with the program and is never old; a feed that never answered is told of in
 * Settings, because there is nothing of it to be out of date.
 */
export function staleSince(feeds: Feed[], now: number): number {
  const old = feeds
    .filter((feed) => feed.kind === 'https' && feed.syncedAt > 0)
    .filter((feed) => now - feed.syncedAt > staleAfter)
    .map((feed) => feed.syncedAt);
  return old.length > 0 ? Math.min(...old) : 0;
}
