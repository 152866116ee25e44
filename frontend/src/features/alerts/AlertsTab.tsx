import { useQuery } from '@tanstack/react-query';
import { CircleCheck, MousePointerClick, SearchX } from 'lucide-react';
import { alertsQuery } from '../../bridge/query';
import type { Alert } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { goTo, placeNow, usePlace } from '../../ui/place';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { AlertFilters } from './AlertFilters';
import { AlertHistory } from './AlertHistory';
import { AlertList } from './AlertList';
import styles from './AlertsTab.module.css';
import {
  type AlertFilter,
  isQuiet,
  needSignIn,
  noFilter,
  passes,
  readFilter,
  writeFilter,
} from './order';
import { QuietAlerts } from './QuietAlerts';
import { useLeaving } from './useLeaving';
import { useWalk } from './useWalk';
import { WalkBanner, type WalkHandle } from './WalkBanner';

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
  const { params } = usePlace();
  const filter = readFilter(params);
  const setFilter = (next: AlertFilter) => change((now) => writeFilter(now, next));
  const walk = useWalk();
  const leaving = useLeaving(alerts);
  const loud = alerts.filter((alert) => !isQuiet(alert));
  const quiet = alerts.filter((alert) => isQuiet(alert));
  const isFiltered = Object.values(filter).some(Boolean);
  const shown = loud.filter((alert) => passes(alert, filter));
  const said = leaving.map((a) => `${a.app} ${a.account}: ${t('alerts.over')}`).join('. ');
  return (
    <div className={styles.tab}>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {(loud.length > 1 || isFiltered) && (
        <div className={styles.bar}>
          <AlertFilters alerts={loud} filter={filter} onChange={setFilter} />
          <SignInToAll alerts={loud} walk={walk} />
        </div>
      )}
      <WalkBanner alerts={alerts} walk={walk} />
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
      <AlertHistory isOpen={params.has('history')} onToggle={showHistory} />
    </div>
  );
}

/** Changes what the address says of this tab. */
function change(edit: (params: URLSearchParams) => URLSearchParams): void {
  goTo(['connected', 'alerts'], edit(placeNow().params), true);
}

function showHistory(open: boolean): void {
  change((now) => {
    const next = new URLSearchParams(now);
    if (open) next.set('history', '1');
    else next.delete('history');
    return next;
  });
}

function SignInToAll({ alerts, walk }: { alerts: Alert[]; walk: WalkHandle }) {
  const { t } = useTranslation();
  const ids = needSignIn(alerts);
  if (ids.length < 2 || (walk.walk && walk.walk.phase !== 'over')) return null;
  return (
    <Button size="small" onPress={() => void walk.start(ids)}>
      {t('alerts.signInToAll', { count: ids.length })}
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
