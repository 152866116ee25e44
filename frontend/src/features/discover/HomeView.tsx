import { useQuery } from '@tanstack/react-query';
import { Library } from 'lucide-react';
import { memo } from 'react';
import { homeQuery, statusQuery } from '../../bridge/query';
import type { FacetValue, Home } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { formatHash } from '../../lib/hash';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { EmptyState } from '../../ui/EmptyState';
import { PlaceLink } from '../../ui/Link';
import { PageHeader } from '../../ui/PageHeader';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { CollectionView } from './CollectionView';
import styles from './HomeView.module.css';
import { SavedSearches } from './SavedSearches';
import { StaleBanner } from './StaleBanner';
import { useNames } from './useNames';

/** Discover before anything is typed: categories and collections. */
export const HomeView = memo(function HomeView() {
  const { t } = useTranslation();
  const home = useQuery(homeQuery);
  const textOf = useFaultText();
  return (
    <div className={styles.page}>
      <PageHeader title={t('discover.title')} note={<CatalogueNote />} />
      <StaleBanner />
      {home.isPending && <Skeleton label={t('common.loading')} look="cards" rows={9} />}
      {home.isError && (
        <Trouble {...textOf(home.error)} onRetry={home.refetch} retryLabel={t('common.tryAgain')} />
      )}
      {home.data && <Loaded home={home.data} />}
    </div>
  );
});

function CatalogueNote() {
  const { t, language } = useTranslation();
  const catalogue = useQuery(statusQuery).data?.catalogue;
  if (!catalogue || catalogue.listings === 0) return null;
  const size = t('discover.size', { count: catalogue.listings });
  if (!catalogue.syncedAt) return size;
  return `${size}, ${t('discover.updated', { ago: ago(catalogue.syncedAt, language) })}`;
}

function Loaded({ home }: { home: Home }) {
  const { t } = useTranslation();
  if (home.categories.length === 0 && home.collections.length === 0) return <Nothing />;
  return (
    <>
      <SavedSearches />
      <section className={styles.section} aria-labelledby="categories">
        <h2 id="categories">{t('discover.categories')}</h2>
        <Categories values={home.categories} />
      </section>
      {home.collections.map((collection) => (
        <CollectionView key={collection.id} collection={collection} />
      ))}
    </>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const action = <PlaceLink to="#/settings/feeds">{t('discover.toFeeds')}</PlaceLink>;
  return (
    <EmptyState icon={<Library size={20} />} title={t('discover.emptyTitle')} action={action}>
      {t('discover.emptyBody')}
    </EmptyState>
  );
}

function Categories({ values }: { values: FacetValue[] }) {
  const names = useNames();
  return (
    <ul className={styles.categories}>
      {values.map(({ value, count }) => (
        <li key={value}>
          <a
            className={styles.category}
            href={formatHash(['discover'], new URLSearchParams({ category: value }))}
          >
            {names.value({ facet: 'category', value })}
            <span className={styles.count}>{count}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
