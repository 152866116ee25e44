import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { settings } from '../../bridge/api';
import { searchesQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import { useTranslation } from '../../texts/useTranslation';
import { goTo } from '../../ui/place';
import styles from './HomeView.module.css';

const Chips = lazy(() => import('../../ui/Chips'));

/** The searches that were kept, each a press away. Nothing when there are none. */
export function SavedSearches() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kept = useQuery(searchesQuery).data ?? [];
  const forget = useMutation({
    mutationFn: (name: string) => settings.ForgetSearch(name),
    onSuccess: (all) => client.setQueryData(searchesQuery.queryKey, all),
    onError: report,
  });
  if (kept.length === 0) return null;
  const open = (name: string) => {
    const search = kept.find((each) => each.name === name);
    if (search) goTo(['discover'], new URLSearchParams(search.query));
  };
  return (
    <Suspense>
      <section className={styles.section} aria-labelledby="saved-searches">
        <h2 id="saved-searches">{t('discover.savedSearches')}</h2>
        <Chips
          label={t('discover.savedSearches')}
          chips={kept.map(({ name }) => ({ id: name, label: name }))}
          onOpen={open}
          onRemove={(name) => forget.mutate(name)}
          removeLabel={(name) => t('discover.forgetSearch', { name })}
        />
      </section>
    </Suspense>
  );
}
