import { useMutation, useQueryClient } from '@tanstack/react-query';
import { alerts as facade } from '../../bridge/api';
import { invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Alert } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import styles from './AlertsTab.module.css';
import { Severity } from './Severity';

/** Alerts that were snoozed or ignored, and a way to have each back. */
export function QuietAlerts({ alerts }: { alerts: Alert[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.quiet}>
      <h2 className={styles.quietTitle}>{t('alerts.quiet')}</h2>
      <ul className={styles.quietList}>
        {alerts.map((alert) => (
          <QuietRow key={alert.id} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function QuietRow({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () => facade.Restore(alert.id),
    onError: report,
    onSettled: () => invalidate(client, ['alert']),
  });
  return (
    <li className={styles.quietRow}>
      <AppIcon icon={alert.icon} name={alert.app} size={24} />
      <span className={styles.quietName}>
        {alert.app || t('alerts.thisComputer')}{' '}
        <span className={styles.account}>{alert.account}</span>
      </span>
      <Severity alert={alert} />
      <span className={styles.quietWhy}>{alert.stateText}</span>
      <Button size="small" isPending={restore.isPending} onPress={() => restore.mutate()}>
        {t('alerts.restore')}
      </Button>
    </li>
  );
}
