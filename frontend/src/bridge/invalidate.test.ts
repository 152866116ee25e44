import { expect, test } from 'vitest';
import { invalidate, newQueryClient } from './query';

test('a first answer that is older than a hint is asked for again', async () => {
  const client = newQueryClient();
  let state = 'unknown';
  let answer = () => {};
  const first = client.fetchQuery({
    queryKey: ['status'],
    queryFn: () => {
      const seen = state;
      return new Promise((resolve) => {
        answer = () => resolve(seen);
      });
    },
  });
  state = 'locked';
  invalidate(client, ['status']);
  answer();
  expect(await first).toBe('unknown');
  await Promise.resolve();
  expect(client.getQueryState(['status'])?.isInvalidated).toBe(true);
});
