import type { InstallState } from '../../bridge/types';

/** Why an app cannot be installed now, or what comes first. */
export const notes = [
  'installed',
  'offline',
  'keychain',
  'no_right',
  'client_needed',
  'forbidden',
  'not_connectable',
] as const;
export type Note = (typeof notes)[number];

/** Whether pressing Install app leads anywhere: an own client is set up on the way. */
export function canStart(install: InstallState): boolean {
  return install.allowed || install.reason === 'client_needed';
}

/** The sentence to show beside the button; none when there is nothing to say. */
export function noteOf(install: InstallState): Note | undefined {
  const known = notes.find((note) => note === install.reason);
  return known ?? (canStart(install) ? undefined : 'not_connectable');
}
