// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { followEvents } from './query';

const listeners = new Map<string, (data: unknown) => void>();

afterEach(() => {
  delete window.go;
  delete window.runtime;
  listeners.clear();
});

function openWindow(): void {
  window.go = { bridge: {} };
  window.runtime = {
    EventsOn: (name, listener) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  };
}

it('hears every event of app/bridge that says something changed', () => {
  openWindow();
  const stop = followEvents(new QueryClient());
  const go = readFileSync('../app/bridge/events.go', 'utf8');
  const inGo = [...go.matchAll(/= "(\w+:\w+)"$/gm)].map(([, name]) => name);
  expect([...listeners.keys(), 'notification:opened', 'close:asked'].sort()).toEqual(inGo.sort());
  stop();
  expect(listeners.size).toBe(0);
});

it('asks again for what an event touches, and for nothing else', () => {
  openWindow();
  const client = new QueryClient();
  const asked = vi.spyOn(client, 'invalidateQueries');
  followEvents(client);
  listeners.get('preferences:changed')?.({ id: '' });
  const keys = asked.mock.calls.map(([filter]) => filter?.queryKey?.[0]);
  expect(keys).toEqual(['preferences', 'catalogue']);
});
