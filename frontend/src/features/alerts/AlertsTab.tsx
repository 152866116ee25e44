import { useQuery } from '@tanstack/react-query';
import { CircleCheck, MousePointerClick, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alertsQuery } from '../../bridge/query';
import type { Alert } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { AlertFilters } from './AlertFilters';
import { AlertList } from './AlertList';
import styles from './AlertsTab.module.css';
import { isQuiet, needSignIn, noFilter, passes } from './order';
import { QuietAlerts } from './QuietAlerts';
import { useLeaving } from './useLeaving';
import { useWalk } from './useWalk';

const none: Alert[] = [];

/** The Alerts tab: what needs attention now, and what was told to wait. */
export function AlertsTab() {
  const { t } = useTranslation();
  const query = useQuery(alertsQuery);
  const faultText = useFaultText();
  if (query.isPending) return <Skeleton label={t('common.loading')} rows={3} />;
  if (query.isError && !query.data) {
    return (
      <Trouble
        {...faultText(query.error)}
        onRetry={() => query.refetch()}
        retryLabel={t('common.tryAgain')}
      />
    );
  }
  return <Loaded alerts={query.data ?? none} />;
}

function Loaded({ alerts }: { alerts: Alert[] }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(noFilter);
  const leaving = useLeaving(alerts);
  const loud = alerts.filter((alert) => !isQuiet(alert));
  const quiet = alerts.filter((alert) => isQuiet(alert));
  const shown = loud.filter((alert) => passes(alert, filter));
  const said = leaving.map((a) => `${a.app} ${a.account}: ${t('alerts.over')}`).join('. ');
  return (
    <div className={styles.tab}>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {loud.length > 0 && (
        <div className={styles.bar}>
          <AlertFilters alerts={loud} filter={filter} onChange={setFilter} />
          <SignInToAll alerts={loud} />
        </div>
      )}
      {shown.length + leaving.length > 0 ? (
        <div className={styles.columns}>
          <AlertList alerts={shown} leaving={leaving.filter((alert) => passes(alert, filter))} />
          <p className={styles.hint}>
            <MousePointerClick size={16} aria-hidden />
            {t('alerts.hint')}
          </p>
        </div>
      ) : (
        <Nothing filtered={loud.length > 0} onClear={() => setFilter(noFilter)} />
      )}
      {quiet.length > 0 && <QuietAlerts alerts={quiet} />}
    </div>
  );
}

function SignInToAll({ alerts }: { alerts: Alert[] }) {
  const { t } = useTranslation();
  const { walk, start } = useWalk();
  const ids = needSignIn(alerts);
  if (ids.length < 2 && !walk) return null;
  return (
    <Button size="small" isPending={walk !== null} onPress={() => start(ids)}>
      {walk ? t('alerts.signingIn', { at: walk.at, of: walk.of }) : t('alerts.signInToAll')}
    </Button>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  if (filtered) {
    const action = <Button onPress={onClear}>{t('alerts.clearFilter')}</Button>;
    return (
      <EmptyState icon={<SearchX size={20} />} title={t('alerts.noneMatch')} action={action} />
    );
  }
  return (
    <EmptyState icon={<CircleCheck size={20} />} title={t('alerts.noneTitle')}>
      {t('alerts.noneBody')}
    </EmptyState>
  );
}
