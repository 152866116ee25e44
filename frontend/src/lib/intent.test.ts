import { expect, it } from 'vitest';
import { answer, ask } from './intent';

it('brings a question to whoever answers, and the outcome back', async () => {
  const stop = answer('connect', async ({ slug }) => (slug === 'chat' ? 'done' : 'stopped'));
  expect(await ask('connect', { slug: 'chat' })).toBe('done');
  expect(await ask('connect', { slug: 'mail' })).toBe('stopped');
  stop();
});

it('keeps the last question for an answerer that is still loading', async () => {
  const asked: string[] = [];
  const first = ask('connect', { slug: 'first' });
  const second = ask('connect', { slug: 'second' });
  expect(await first).toBe('stopped');
  const stop = answer('connect', async ({ slug }) => {
    asked.push(slug);
    return 'done';
  });
  expect(await second).toBe('done');
  expect(asked).toEqual(['second']);
  stop();
});

it('leaves a newer answerer alone when an older one goes', async () => {
  const stopOld = answer('uninstall', async () => 'stopped');
  const stopNew = answer('uninstall', async () => 'done');
  stopOld();
  expect(await ask('uninstall', { connectionID: 'c' })).toBe('done');
  stopNew();
});
