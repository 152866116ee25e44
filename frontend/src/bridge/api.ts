/** The facades of app/bridge, typed by their generated declarations. */
import type * as Accounts from '../../wailsjs/go/bridge/Accounts';
import type * as Alerts from '../../wailsjs/go/bridge/Alerts';
import type * as Catalogue from '../../wailsjs/go/bridge/Catalogue';
import type * as Connections from '../../wailsjs/go/bridge/Connections';
import type * as Mail from '../../wailsjs/go/bridge/Mail';
import type * as Settings from '../../wailsjs/go/bridge/Settings';
import type * as System from '../../wailsjs/go/bridge/System';
import { facade } from './call';

/** Longer than Go gives a large feed to come in and be taken; it shows how far it is. */
const feedDeadline = 11 * 60_000;
/** Long enough for a provider that answers slowly, with one retry. */
const providerDeadline = 60_000;

/** A conversation with a mail server ends after a minute. */
const mailDeadline = 70_000;

/** Long enough to choose where a file is saved. */
const choiceDeadline = 30 * 60_000;

export const accounts = facade<typeof Accounts>('Accounts');
export const alerts = facade<typeof Alerts>('Alerts');
export const catalogue = facade<typeof Catalogue>('Catalogue', {
  AddFeed: feedDeadline,
  SyncFeed: feedDeadline,
});
export const connections = facade<typeof Connections>('Connections', {
  Connect: providerDeadline,
  Reconnect: providerDeadline,
  Resolve: providerDeadline,
  CheckNow: providerDeadline,
  SaveClient: providerDeadline,
  Uninstall: providerDeadline,
  ExportActivity: choiceDeadline,
  ExportReceipt: choiceDeadline,
});
export const mail = facade<typeof Mail>('Mail', { Save: mailDeadline, SendTest: mailDeadline });
export const settings = facade<typeof Settings>('Settings');
export const system = facade<typeof System>('System', { RetryKeychain: 30_000 });
