/** What can have happened, as this window shows it. The words are in texts under `activity`. */
import type { Activity } from '../../bridge/types';
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
