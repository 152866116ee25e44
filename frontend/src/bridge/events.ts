/**
 * Events from Go are hints with an id: they say that something changed, never
 * what it is now. Whoever shows it asks again.
 */
import { inWindow } from './call';

/** What each event carries. The names are those of app/bridge. */
export interface Events {
  'connection:changed': { id: string };
  'alert:changed': { id: string };
  'attempt:changed': { id: string };
  'listing:synced': { id: string };
  'feed:progressed': { id: string };
  'system:changed': { id: string };
  'preferences:changed': { id: string };
  'mail:changed': { id: string };
  'notification:opened': { alertID: string; action: string };
  'close:asked': { id: string };
}

export type EventName = keyof Events;
type Listener<N extends EventName> = (data: Events[N]) => void;

declare global {
  interface Window {
    runtime?: { EventsOn?: (name: string, listener: (data: unknown) => void) => () => void };
  }
}

/** Listens to an event until the returned function is called. */
export function onEvent<N extends EventName>(name: N, listener: Listener<N>): () => void {
  if (inWindow()) {
    const stop = window.runtime?.EventsOn?.(name, (data) => listener(data as Events[N]));
    return () => stop?.();
  }
  return onServerEvent(name, listener as Listener<EventName>);
}

const listeners = new Map<string, Set<Listener<EventName>>>();
let source: EventSource | undefined;

function onServerEvent(name: string, listener: Listener<EventName>): () => void {
  openSource();
  const set = listeners.get(name) ?? new Set();
  listeners.set(name, set.add(listener));
  return () => set.delete(listener);
}

function openSource(): void {
  if (source || typeof EventSource === 'undefined') return;
  source = new EventSource('/events');
  source.onmessage = (message) => {
    const { name, data } = JSON.parse(message.data);
    for (const listener of listeners.get(name) ?? []) listener(data);
  };
}
