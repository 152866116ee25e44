import { lazy, Suspense } from 'react';
import { useTranslation } from '../../texts/useTranslation';
import { usePlace } from '../../ui/place';
import { Skeleton } from '../../ui/Skeleton';
import { CompareTray } from './CompareTray';
import { HomeView } from './HomeView';
import { loadResults } from './results';
import { asks } from './search';

const ResultsView = lazy(loadResults);

/** Discover: the front page, or what a search and its filters find. */
export default function DiscoverPage() {
  const { t } = useTranslation();
  const { params } = usePlace();
  return (
    <>
      <Suspense fallback={<Skeleton label={t('common.loading')} />}>
        {asks(params) ? <ResultsView /> : <HomeView />}
      </Suspense>
      <CompareTray params={params} />
    </>
  );
}
