/** The states of a connection as this window shows them. The words are in texts under `state`. */
import type { Connection } from '../../bridge/types';
import type { Tone } from '../../ui/Badge';

/** In the order in which an overview shows them: what needs a person first. */
export const states = [
  'revoked',
  'sign_in_needed',
  'client_misconfigured',
  'permission_missing',
  'waiting_for_admin',
  'provider_down',
  'retrying',
  'offline',
  'renewing',
  'connected',
  'paused',
  'uninstalling',
] as const;
export type State = (typeof states)[number];

const tones: Record<State, Tone> = {
  revoked: 'critical',
  sign_in_needed: 'critical',
  client_misconfigured: 'critical',
  permission_missing: 'critical',
  waiting_for_admin: 'warning',
  provider_down: 'warning',
  retrying: 'warning',
  offline: 'quiet',
  renewing: 'busy',
  connected: 'good',
  paused: 'quiet',
  uninstalling: 'busy',
};

/** What helps most in a state; null where nothing has to be done. */
export type Help = 'reconnect' | 'check' | 'resume' | 'set_up' | 'review' | null;

const help: Record<State, Help> = {
  revoked: 'reconnect',
  sign_in_needed: 'reconnect',
  client_misconfigured: 'set_up',
  permission_missing: 'reconnect',
  waiting_for_admin: 'check',
  provider_down: 'check',
  retrying: 'check',
  offline: null,
  renewing: null,
  connected: null,
  paused: 'resume',
  uninstalling: null,
};

/** The remedies of alerts that help on the connection's own page. */
const remedies: Record<string, Help> = {
  reconnect: 'reconnect',
  retry_now: 'check',
  resume: 'resume',
  open_settings: 'set_up',
  review_listing: 'review',
};

/** A state that this window knows; one that it does not know is shown as retrying. */
export function stateOf({ state }: Pick<Connection, 'state'>): State {
  return states.find((known) => known === state) ?? 'retrying';
}

export const toneOf = (state: State): Tone => tones[state];
/** What helps in a state; what an alert says about it goes first. */
export const helpOf = (state: State, remedy = ''): Help => remedies[remedy] ?? help[state];

/** Whether a person has to do something. This machine being offline never counts. */
export function needsAttention(connection: Pick<Connection, 'state' | 'alerts'>): boolean {
  return tones[stateOf(connection)] === 'critical' || connection.alerts > 0;
}
