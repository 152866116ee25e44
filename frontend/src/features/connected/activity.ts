/** What can have happened, as this window shows it. The words are in texts under `activity`. */
import type { Activity, ActivityFilter } from '../../bridge/types';
import type { TimelineEntry } from '../../ui/Timeline';

export const whats = [
  'installed',
  'reconnected',
  'refreshed',
  'failed',
  'recovered',
  'scopes_changed',
  'paused',
  'resumed',
  'renamed',
  'uninstalled',
  'revoked',
  'revoke_failed',
] as const;
export type What = (typeof whats)[number];

/** What happened, if this window knows it. */
export function whatOf({ what }: Pick<Activity, 'what'>): What | null {
  return whats.find((known) => known === what) ?? null;
}

const tones: Partial<Record<What, TimelineEntry['tone']>> = {
  installed: 'good',
  reconnected: 'good',
  recovered: 'good',
  failed: 'critical',
  revoked: 'critical',
  revoke_failed: 'warning',
};

export const toneOfWhat = (what: What | null): TimelineEntry['tone'] =>
  (what && tones[what]) || 'quiet';

/** Reads the note of changed permissions: "+write -read". */
export function scopesOf(note: string): { came: string; went: string } {
  const marked = (sign: string) =>
    note
      .split(' ')
      .filter((part) => part.startsWith(sign))
      .map((part) => part.slice(1))
      .join(', ');
  return { came: marked('+'), went: marked('-') };
}

/** What the tab shows: `what` is a kind, "all", or "" for all but renewals. */
export interface Shown {
  what: string;
  slug: string;
}

/** Writes what the tab shows for the address; what is as usual is left out. */
export function paramsOf({ what, slug }: Shown): URLSearchParams {
  const params = new URLSearchParams();
  if (what) params.set('what', what);
  if (slug) params.set('app', slug);
  return params;
}

/** What to ask Go for. Renewals happen all the time and hide everything else. */
export function filterOf({ what, slug }: Shown, limit: number): ActivityFilter {
  const kind = what === 'all' ? '' : what;
  return { what: kind, slug, connectionID: '', news: what === '', before: 0, limit };
}
