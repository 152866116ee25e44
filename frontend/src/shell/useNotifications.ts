import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Events, onEvent } from '../bridge/events';
import { alertsQuery } from '../bridge/query';
import { startReconnect } from '../lib/intent';
import { goTo } from '../ui/place';

type Opened = Events['notification:opened'];

/**
 * Follows a press on a desktop notification to the alert that it told of. Snooze
 * comes here only when Go could not do it by itself.
 */
export function useNotifications(): void {
  const client = useQueryClient();
  useEffect(() => {
    const follow = async ({ alertID, action }: Opened) => {
      goTo(['connected', 'alerts'], new URLSearchParams({ open: alertID }));
      if (action !== 'reconnect') return;
      const alerts = await client.fetchQuery(alertsQuery);
      const alert = alerts.find(({ id }) => id === alertID);
      if (alert?.connectionID) await startReconnect(alert.connectionID);
    };
    return onEvent('notification:opened', follow);
  }, [client]);
}
