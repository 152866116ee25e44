/**
 * Intents are how one screen starts what another one does: a listing asks for a
 * connection, an alert for a sign-in. Who asks does not know who answers, so
 * features stay apart; the shell mounts the answerers when they are first needed.
 */

/** What can be asked for, and what has to be said with it. */
export interface Intents {
  /** Install an app: ask what is needed, sign in, follow until the end. */
  connect: { slug: string };
  /** Sign in again to a connection that exists. */
  reconnect: { connectionID: string };
  /** Ask for optional permissions that a connection does not have yet. */
  add_permissions: { connectionID: string };
  /** Enter the client that the admin made at the provider of a connection. */
  set_up_client: { connectionID: string };
  /** Uninstall a connection, after saying what that means. */
  uninstall: { connectionID: string };
}

/** How it ended: `stopped` covers failed, declined, closed and canceled. */
export type Outcome = 'done' | 'stopped';

type Answerer<N extends keyof Intents> = (what: Intents[N]) => Promise<Outcome>;

const answerers = new Map<keyof Intents, Answerer<never>>();
/** What to do with a question that nobody has answered yet: answer it, or drop it for a later one. */
const waiting = new Map<keyof Intents, () => void>();
const dropped = new Map<keyof Intents, () => void>();
const watchers = new Set<() => void>();

/** Calls back when somebody asks and nobody answers yet; at once if that is so already. */
export function onUnanswered(callback: () => void): () => void {
  watchers.add(callback);
  if (waiting.size > 0) callback();
  return () => watchers.delete(callback);
}

/** Answers an intent until the returned function is called. The last answerer wins. */
export function answer<N extends keyof Intents>(name: N, answerer: Answerer<N>): () => void {
  answerers.set(name, answerer as Answerer<never>);
  waiting.get(name)?.();
  waiting.delete(name);
  return () => {
    if (answerers.get(name) === (answerer as Answerer<never>)) answerers.delete(name);
  };
}

/**
 * Asks for something; resolves when it is over. Whoever answers may still be
 * loading: the last question waits for it, earlier ones are `stopped`.
 */
export function ask<N extends keyof Intents>(name: N, what: Intents[N]): Promise<Outcome> {
  const answerer = answerers.get(name) as Answerer<N> | undefined;
  if (answerer) return answerer(what);
  return new Promise((resolve) => {
    const earlier = dropped.get(name);
    earlier?.();
    dropped.set(name, () => resolve('stopped'));
    waiting.set(name, () => {
      dropped.delete(name);
      resolve(ask(name, what));
    });
    for (const watcher of watchers) watcher();
  });
}

/** Starts installing an app. */
export const startConnect = (slug: string): Promise<Outcome> => ask('connect', { slug });

/** Starts a sign-in to a connection that exists. */
export const startReconnect = (connectionID: string): Promise<Outcome> =>
  ask('reconnect', { connectionID });

/** Starts a sign-in that adds optional permissions to a connection. */
export const startAddPermissions = (connectionID: string): Promise<Outcome> =>
  ask('add_permissions', { connectionID });
