import { expect, it } from 'vitest';
import type { Connection } from '../../bridge/types';
import { appsToTell } from './muted';

const connected = (slug: string, app: string) =>
  ({ slug, app, icon: { brand: slug, color: '#000' } }) as Connection;

it('names every app once, and what is muted without being connected', () => {
  const list = [connected('zoom', 'Zoom'), connected('slack', 'Slack'), connected('zoom', 'Zoom')];
  const apps = appsToTell(list, ['zoom', 'asana']);
  expect(apps.map(({ slug, muted }) => [slug, muted])).toEqual([
    ['asana', true],
    ['slack', false],
    ['zoom', true],
  ]);
});
