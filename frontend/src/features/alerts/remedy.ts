import { connections, system } from '../../bridge/api';
import type { Alert } from '../../bridge/types';
import { ask, startReconnect } from '../../lib/intent';
import { goTo } from '../../ui/place';

/** Whether a remedy leads elsewhere, so that there is nothing to wait for in the card. */
export function leadsAway(remedy: string): boolean {
  return remedy === 'review_listing' || remedy === 'show_connection';
}

/**
 * Runs the remedy of an alert and resolves when it is over. Whether it helped is
 * not told: the alert closes by itself when it did. Rejects with a Fault.
 */
export async function runRemedy(alert: Alert): Promise<void> {
  switch (alert.remedy) {
    case 'reconnect':
      await startReconnect(alert.connectionID);
      return;
    case 'retry_now':
      await connections.CheckNow(alert.connectionID);
      return;
    case 'resume':
      await connections.Resume(alert.connectionID);
      return;
    case 'unlock_keychain':
      await system.RetryKeychain();
      return;
    case 'open_settings':
      await ask('set_up_client', { connectionID: alert.connectionID });
      return;
    case 'review_listing':
      goTo(['apps', alert.slug]);
      return;
    case 'show_connection':
      goTo(['connected', 'c', alert.connectionID]);
  }
}
