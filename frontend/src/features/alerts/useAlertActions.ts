import { useMutation, useQueryClient } from '@tanstack/react-query';
import { alerts } from '../../bridge/api';
import { toFault } from '../../bridge/fault';
import { invalidate } from '../../bridge/query';
import type { Alert } from '../../bridge/types';
import { leadsAway, runRemedy } from './remedy';

/** What can be done about an alert: run its remedy, or have it be quiet for a while. */
export function useAlertActions(alert: Alert) {
  const client = useQueryClient();
  const again = () => invalidate(client, ['alert', 'connection', 'activity', 'status']);
  const remedy = useMutation({ mutationFn: () => runRemedy(alert), onSettled: again });
  // Until 0 ignores the alert until it changes.
  const quiet = useMutation({
    mutationFn: ({ until }: { until: number }) =>
      until === 0 ? alerts.Ignore(alert.id) : alerts.Snooze(alert.id, until),
    onSettled: again,
  });
  const faultOf = (error: unknown) => (error ? toFault(error) : null);
  return {
    remedy: { ...remedy, fault: faultOf(remedy.error) },
    quiet: { ...quiet, fault: faultOf(quiet.error) },
    /** The remedy ran to its end and the alert is still there. */
    stillThere: remedy.isSuccess && !leadsAway(alert.remedy) && alert.remedy !== 'reconnect',
  };
}
