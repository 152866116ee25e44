import type { Progress } from '../../bridge/types';
import { bytes } from '../../lib/bytes';

/** A stage of a sync: its words, what they are filled with, and how much of it is done. */
export type Stage =
  | { key: 'settings.feedSent'; values: { sent: string } }
  | { key: 'settings.feedSentOf'; values: { sent: string; size: string }; done: number }
  | { key: 'settings.feedTaken'; values: { count: number; taken: string }; done: number };

/** How far a sync has come; undefined while nothing has come yet. */
export function stageOf(progress: Progress, language: string): Stage | undefined {
  const { bytes: sent, size, listings, count } = progress;
  if (count > 0) {
    const taken = new Intl.NumberFormat(language).format(listings);
    return { key: 'settings.feedTaken', values: { taken, count }, done: share(listings, count) };
  }
  if (sent === 0) return undefined;
  const values = { sent: bytes(sent, language), size: bytes(size, language) };
  if (size === 0) return { key: 'settings.feedSent', values };
  return { key: 'settings.feedSentOf', values, done: share(sent, size) };
}

const share = (part: number, all: number) => Math.min(part / all, 1);
