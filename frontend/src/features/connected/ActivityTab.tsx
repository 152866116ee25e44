import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connections as facade } from '../../bridge/api';
import { connectionsQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { ActivityFilter } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { showToast } from '../../ui/Toast';
import { Trouble } from '../../ui/Trouble';
import { ActivityList } from './ActivityList';
import { whats } from './activity';
import styles from './connected.module.css';
import { activityQuery } from './queries';

const page = 100;
const everything: ActivityFilter = { what: '', slug: '', connectionID: '', before: 0, limit: page };

/** The tab Activity: what happened to all connections, to be narrowed and exported. */
export function ActivityTab() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(everything);
  const faultText = useFaultText();
  const query = useQuery({ ...activityQuery(filter), placeholderData: (before) => before });
  const activity = query.data ?? [];
  return (
    <div className={styles.tab}>
      <Bar filter={filter} onChange={(more) => setFilter({ ...filter, limit: page, ...more })} />
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
          {t(filter.what || filter.slug ? 'activity.noneMatch' : 'activity.noneBody')}
        </EmptyState>
      )}
      {activity.length > 0 && <ActivityList activity={activity} />}
      {activity.length >= filter.limit && (
        <div>
          <Button
            isPending={query.isFetching}
            onPress={() => setFilter({ ...filter, limit: filter.limit + page })}
          >
            {t('activity.showMore')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface BarProps {
  filter: ActivityFilter;
  onChange: (more: Partial<ActivityFilter>) => void;
}

function Bar({ filter, onChange }: BarProps) {
  const { t } = useTranslation();
  const connections = useQuery(connectionsQuery).data ?? [];
  const apps = [...new Map(connections.map((c) => [c.slug, c.app]))];
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
        value={filter.what}
        onChange={(what) => onChange({ what })}
        choices={[
          { id: '', label: t('activity.all') },
          ...whats.map((id) => ({ id, label: t(`activity.what.${id}`) })),
        ]}
      />
      <Select
        look="quiet"
        label={t('connected.filter.app')}
        value={filter.slug}
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
