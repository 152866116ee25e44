import { describe, expect, it } from 'vitest';
import { stageOf } from './progress';

const none = { feed: 'f', bytes: 0, size: 0, listings: 0, count: 0 };

describe('the stage of a sync', () => {
  it.each([
    ['nothing has come', none, undefined],
    [
      'bytes of an unknown size',
      { ...none, bytes: 300_000 },
      { key: 'settings.feedSent', values: { sent: '300 kB', size: '0 kB' } },
    ],
    [
      'bytes of a known size',
      { ...none, bytes: 3_100_000, size: 12_400_000 },
      { key: 'settings.feedSentOf', values: { sent: '3.1 MB', size: '12.4 MB' }, done: 0.25 },
    ],
    [
      'more bytes than were announced',
      { ...none, bytes: 200_000, size: 100_000 },
      { key: 'settings.feedSentOf', values: { sent: '200 kB', size: '100 kB' }, done: 1 },
    ],
    [
      'listings, once they are counted',
      { ...none, bytes: 9_000_000, size: 9_000_000, listings: 25_000, count: 100_000 },
      { key: 'settings.feedTaken', values: { taken: '25,000', count: 100_000 }, done: 0.25 },
    ],
  ])('is %s', (_, progress, stage) => {
    expect(stageOf(progress, 'en')).toEqual(stage);
  });

  it('is written as the language writes numbers', () => {
    const stage = stageOf({ ...none, bytes: 3_100_000, size: 12_400_000 }, 'pl');
    expect(stage?.values).toEqual({ sent: '3,1 MB', size: '12,4 MB' });
  });
});
