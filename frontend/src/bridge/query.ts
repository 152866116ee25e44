/**
 * What comes from Go is kept by TanStack Query under keys that begin with a
 * noun. Events invalidate by noun, so a screen is never older than its hint.
 */
import { notifyManager, QueryClient, queryOptions } from '@tanstack/react-query';
import { accounts, alerts, catalogue, connections, mail, settings, system } from './api';
import { type EventName, onEvent } from './events';

/** Nouns that a key can begin with. */
export type Noun =
  | 'status'
  | 'account'
  | 'preferences'
  | 'catalogue'
  | 'feed'
  | 'progress'
  | 'connection'
  | 'attempt'
  | 'activity'
  | 'receipt'
  | 'alert'
  | 'mail';

// An answer is shown at once; by default it would wait for a timer, and that for a picture.
notifyManager.setScheduler(queueMicrotask);

/** Calls are local: no retries, nothing goes stale by time, events say when to ask again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

const touched: Record<Exclude<EventName, 'notification:opened' | 'close:asked'>, Noun[]> = {
  'connection:changed': ['connection', 'activity', 'receipt', 'catalogue'],
  'alert:changed': ['alert', 'connection'],
  'attempt:changed': ['attempt'],
  'listing:synced': ['catalogue', 'feed', 'status'],
  'feed:progressed': ['progress'],
  'system:changed': ['status', 'catalogue', 'connection', 'account'],
  'mail:changed': ['mail'],
  'preferences:changed': ['preferences', 'catalogue'],
};

/**
 * Marks everything that begins with one of the nouns as old, which asks for what
 * is shown. A first answer under way may be older than the hint: it is old as
 * soon as it is here.
 */
export function invalidate(client: QueryClient, nouns: Noun[]): void {
  for (const noun of nouns) {
    client.invalidateQueries({ queryKey: [noun] });
    const underWay = client
      .getQueryCache()
      .findAll({ queryKey: [noun], fetchStatus: 'fetching' })
      .filter((query) => query.state.data === undefined);
    for (const { queryKey, promise } of underWay) {
      const isOld = () => client.invalidateQueries({ queryKey, exact: true });
      promise?.then(isOld, () => undefined);
    }
  }
}

/** Connects events to the cache until the returned function is called. */
export function followEvents(client: QueryClient): () => void {
  const names = Object.keys(touched) as (keyof typeof touched)[];
  const stops = names.map((name) => onEvent(name, () => invalidate(client, touched[name])));
  return () => {
    for (const stop of stops) stop();
  };
}

export const statusQuery = queryOptions({ queryKey: ['status'], queryFn: () => system.Status() });
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => accounts.Account(),
});
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => settings.Preferences(),
});
export const connectionsQuery = queryOptions({
  queryKey: ['connection', 'list'],
  queryFn: () => connections.List(),
});
export const alertsQuery = queryOptions({
  queryKey: ['alert', 'open'],
  queryFn: () => alerts.Open(),
});
export const alertHistoryQuery = queryOptions({
  queryKey: ['alert', 'history'],
  queryFn: () => alerts.History(),
});
export const searchesQuery = queryOptions({
  queryKey: ['preferences', 'searches'],
  queryFn: () => settings.Searches(),
});
export const mutedQuery = queryOptions({
  queryKey: ['preferences', 'muted'],
  queryFn: () => settings.Muted(),
});
/** Other programs can change it too, so it is asked for anew whenever it is shown. */
export const loginQuery = queryOptions({
  queryKey: ['preferences', 'login'],
  queryFn: () => settings.StartsAtLogin(),
  staleTime: 0,
});
export const homeQuery = queryOptions({
  queryKey: ['catalogue', 'home'],
  queryFn: () => catalogue.Home(),
});
export const feedsQuery = queryOptions({
  queryKey: ['feed', 'list'],
  queryFn: () => catalogue.Feeds(),
});
/** How far the sync under way has come; unlike the rest it is told of often. */
export const progressQuery = queryOptions({
  queryKey: ['progress'],
  queryFn: () => catalogue.Progress(),
  staleTime: 0,
});
export const clashesQuery = queryOptions({
  queryKey: ['feed', 'clashes'],
  queryFn: () => catalogue.Clashes(),
});
export const mailServerQuery = queryOptions({
  queryKey: ['mail', 'server'],
  queryFn: () => mail.Server(),
});
export const mailReadersQuery = queryOptions({
  queryKey: ['mail', 'readers'],
  queryFn: () => mail.Readers(),
});
export const mailLettersQuery = queryOptions({
  queryKey: ['mail', 'letters'],
  queryFn: () => mail.Letters(),
});
