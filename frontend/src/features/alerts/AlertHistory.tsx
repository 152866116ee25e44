import { useQuery } from '@tanstack/react-query';
import { alertHistoryQuery } from '../../bridge/query';
import type { Alert } from '../../bridge/types';
import { dateTime } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Skeleton } from '../../ui/Skeleton';
import styles from './AlertsTab.module.css';

interface AlertHistoryProps {
  isOpen: boolean;
  onToggle: (open: boolean) => void;
}

/** Alerts that have ended, latest first, and how each ended. */
export function AlertHistory({ isOpen, onToggle }: AlertHistoryProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.quiet} aria-label={t('alerts.history')}>
      <div className={styles.toggle}>
        <Button look="quiet" size="small" aria-expanded={isOpen} onPress={() => onToggle(!isOpen)}>
          {t(isOpen ? 'alerts.hideHistory' : 'alerts.showHistory')}
        </Button>
      </div>
      {isOpen && <Ended />}
    </section>
  );
}

function Ended() {
  const { t } = useTranslation();
  const query = useQuery(alertHistoryQuery);
  if (query.isPending) return <Skeleton label={t('common.loading')} rows={2} />;
  const ended = query.data ?? [];
  if (ended.length === 0) return <p className={styles.quietWhy}>{t('alerts.noHistory')}</p>;
  return (
    <ul className={styles.quietList} aria-label={t('alerts.history')}>
      {ended.map((alert) => (
        <EndedRow key={alert.id} alert={alert} />
      ))}
    </ul>
  );
}

function EndedRow({ alert }: { alert: Alert }) {
  const { t, language } = useTranslation();
  return (
    <li className={styles.endedRow}>
      <AppIcon icon={alert.icon} name={alert.app} size={24} />
      <span className={styles.quietName}>
        {alert.app || t('alerts.thisComputer')}{' '}
        <span className={styles.account}>{alert.account}</span>
      </span>
      <span>{alert.title}</span>
      <span className={styles.quietWhy} title={dateTime(alert.endedAt, language)}>
        {alert.stateText}
      </span>
    </li>
  );
}
