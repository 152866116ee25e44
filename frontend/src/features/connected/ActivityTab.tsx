import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, History } from 'lucide-react';
import { useState } from 'react';
import { connections as facade } from '../../bridge/api';
import { connectionsQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { ActivityFilter, Receipt } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { goTo, usePlace } from '../../ui/place';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { showToast } from '../../ui/toast';
import { ActivityList } from './ActivityList';
import { filterOf, paramsOf, type Shown, whats } from './activity';
import styles from './connected.module.css';
import { activityQuery, receiptsQuery } from './queries';
import { ReceiptDialog } from './ReceiptDialog';

const page = 100;

/** The tab Activity: what happened to all connections, to be narrowed and exported. */
export function ActivityTab() {
  const { t } = useTranslation();
  const { params } = usePlace();
  const [limit, setLimit] = useState(page);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const faultText = useFaultText();
  const shown = { what: params.get('what') ?? '', slug: params.get('app') ?? '' };
  const filter = filterOf(shown, limit);
  const query = useQuery({ ...activityQuery(filter), placeholderData: (before) => before });
  const receipts = useQuery(receiptsQuery).data ?? [];
  const activity = query.data ?? [];
  const change = (more: Partial<Shown>) => {
    setLimit(page);
    goTo(['connected', 'activity'], paramsOf({ ...shown, ...more }), true);
  };
  return (
    <div className={styles.tab}>
      <Bar shown={shown} filter={filter} receipts={receipts} onChange={change} />
      {query.isPending && <Skeleton label={t('common.loading')} />}
      {query.isError && (
        <Trouble
          {...faultText(query.error)}
          onRetry={() => query.refetch()}
          retryLabel={t('common.tryAgain')}
        />
      )}
      {query.isSuccess && activity.length === 0 && (
        <EmptyState icon={<History size={20} />} title={t('activity.noneTitle')}>
          {t(shown.what || shown.slug ? 'activity.noneMatch' : 'activity.noneBody')}
        </EmptyState>
      )}
      {activity.length > 0 && (
        <ActivityList activity={activity} receipts={receipts} onReceipt={setReceipt} />
      )}
      {activity.length >= limit && (
        <div>
          <Button isPending={query.isFetching} onPress={() => setLimit(limit + page)}>
            {t('activity.showMore')}
          </Button>
        </div>
      )}
      {receipt && <ReceiptDialog receipt={receipt} onClose={() => setReceipt(null)} />}
    </div>
  );
}

interface BarProps {
  shown: Shown;
  filter: ActivityFilter;
  receipts: Receipt[];
  onChange: (more: Partial<Shown>) => void;
}

function Bar({ shown, filter, receipts, onChange }: BarProps) {
  const { t } = useTranslation();
  const connections = useQuery(connectionsQuery).data ?? [];
  const known = [...receipts, ...connections].map((of): [string, string] => [of.slug, of.app]);
  const apps = [...new Map(known)].toSorted((a, b) => a[1].localeCompare(b[1]));
  const save = useMutation({
    mutationFn: () => facade.ExportActivity(filter),
    onSuccess: (path) => path && showToast({ title: t('activity.exported', { path }) }),
    onError: report,
  });
  return (
    <div className={styles.bar}>
      <Select
        look="quiet"
        label={t('activity.filterWhat')}
        value={shown.what}
        onChange={(what) => onChange({ what })}
        choices={[
          { id: '', label: t('activity.news') },
          { id: 'all', label: t('activity.all') },
          ...whats.map((id) => ({ id, label: t(`activity.what.${id}`) })),
        ]}
      />
      <Select
        look="quiet"
        label={t('connected.filter.app')}
        value={shown.slug}
        onChange={(slug) => onChange({ slug })}
        choices={[
          { id: '', label: t('connected.filter.allApps') },
          ...apps.map(([id, label]) => ({ id, label })),
        ]}
      />
      <span className={styles.space} />
      <Button
        size="small"
        icon={<Download size={14} />}
        isPending={save.isPending}
        onPress={() => save.mutate()}
      >
        {t('activity.export')}
      </Button>
    </div>
  );
}
