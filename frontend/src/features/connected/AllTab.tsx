import { useQuery } from '@tanstack/react-query';
import { Plug, SearchX } from 'lucide-react';
import { useDeferredValue } from 'react';
import { connectionsQuery } from '../../bridge/query';
import type { Connection } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { goTo, usePlace } from '../../ui/place';
import { SearchField } from '../../ui/SearchField';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { ConnectionRow } from './ConnectionRow';
import styles from './connected.module.css';
import { countStates, find, readSearch, type Search, sorts, writeSearch } from './find';

/** The tab All: every connection, to be searched, narrowed and sorted. */
export function AllTab() {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const query = useQuery(connectionsQuery);
  if (query.isPending) return <Skeleton label={t('common.loading')} />;
  if (query.isError && !query.data) {
    return (
      <Trouble
        {...faultText(query.error)}
        onRetry={() => query.refetch()}
        retryLabel={t('common.tryAgain')}
      />
    );
  }
  const connections = query.data ?? [];
  return connections.length > 0 ? <Found connections={connections} /> : <NothingConnected />;
}

/** What stands where connections will be. */
export function NothingConnected() {
  const { t } = useTranslation();
  const action = (
    <Button look="primary" onPress={() => goTo(['discover'])}>
      {t('connected.findApp')}
    </Button>
  );
  return (
    <EmptyState icon={<Plug size={20} />} title={t('connected.noneTitle')} action={action}>
      {t('connected.noneBody')}
    </EmptyState>
  );
}

function Found({ connections }: { connections: Connection[] }) {
  const { t } = useTranslation();
  const search = readSearch(usePlace().params);
  const change = (more: Partial<Search>) =>
    goTo(['connected', 'all'], writeSearch({ ...search, ...more }), true);
  const found = find(connections, useDeferredValue(search));
  return (
    <div className={styles.tab}>
      <Bar connections={connections} search={search} onChange={change} />
      <p className={styles.shown} role="status">
        {t('connected.shown', { count: connections.length, shown: found.length })}
      </p>
      {found.length > 0 ? (
        <DataList
          label={t('connected.title')}
          items={found}
          textOf={(c) => `${c.app} ${c.account}`}
          onOpen={(id) => goTo(['connected', 'c', id])}
        >
          {(connection) => <ConnectionRow connection={connection} />}
        </DataList>
      ) : (
        <EmptyState
          icon={<SearchX size={20} />}
          title={t('connected.noneMatch')}
          action={
            <Button onPress={() => change({ text: '', state: '', owner: '', app: '' })}>
              {t('connected.clearSearch')}
            </Button>
          }
        />
      )}
    </div>
  );
}

interface BarProps {
  connections: Connection[];
  search: Search;
  onChange: (more: Partial<Search>) => void;
}

function Bar({ connections, search, onChange }: BarProps) {
  const { t } = useTranslation();
  const owners = [...new Set(connections.map((c) => c.owner))].toSorted();
  const apps = [...new Map(connections.map((c) => [c.slug, c.app]))].toSorted((a, b) =>
    a[1].localeCompare(b[1]),
  );
  const all = (label: string) => ({ id: '', label });
  return (
    <div className={styles.bar}>
      <div className={styles.search}>
        <SearchField
          label={t('connected.search')}
          clearLabel={t('common.clear')}
          value={search.text}
          onChange={(text) => onChange({ text })}
        />
      </div>
      <Select
        look="quiet"
        label={t('connected.filter.state')}
        value={search.state}
        onChange={(state) => onChange({ state })}
        choices={[
          all(t('connected.filter.allStates')),
          ...countStates(connections).map(({ state }) => ({
            id: state,
            label: t(`state.name.${state}`),
          })),
        ]}
      />
      <Select
        look="quiet"
        label={t('connected.filter.owner')}
        value={search.owner}
        onChange={(owner) => onChange({ owner })}
        choices={[
          all(t('connected.filter.allOwners')),
          ...owners.filter(Boolean).map((owner) => ({ id: owner, label: owner })),
        ]}
      />
      <Select
        look="quiet"
        label={t('connected.filter.app')}
        value={search.app}
        onChange={(app) => onChange({ app })}
        choices={[
          all(t('connected.filter.allApps')),
          ...apps.map(([id, label]) => ({ id, label })),
        ]}
      />
      <span className={styles.space} />
      <Select
        look="quiet"
        label={t('connected.sort')}
        value={search.sort}
        onChange={(sort) => onChange({ sort })}
        choices={sorts.map((id) => ({ id, label: t(`connected.sorts.${id}`) }))}
      />
    </div>
  );
}
