import { lazy, Suspense, useLayoutEffect, useRef } from 'react';
import { useTranslation } from '../../texts/useTranslation';
import { usePlace } from '../../ui/place';
import { Skeleton } from '../../ui/Skeleton';
import { CompareTray } from './CompareTray';
import { HomeView } from './HomeView';
import { loadResults } from './results';
import { savedQuery } from './search';
import { useShowsResults } from './useShowsResults';

const ResultsView = lazy(loadResults);

/** Discover: the front page, or what a search and its filters find. */
export default function DiscoverPage() {
  const { t } = useTranslation();
  const { params } = usePlace();
  const showsResults = useShowsResults(params);
  useTop(showsResults ? savedQuery(params) : '');
  return (
    <>
      <Suspense fallback={<Skeleton label={t('common.loading')} />}>
        {showsResults ? <ResultsView /> : <HomeView />}
      </Suspense>
      <CompareTray params={params} />
    </>
  );
}

/** Another answer is shown from the top; on arriving, a page stands where it was left. */
function useTop(question: string): void {
  const last = useRef(question);
  useLayoutEffect(() => {
    if (last.current === question) return;
    last.current = question;
    document.querySelector('[data-scroller]')?.scrollTo({ top: 0 });
  }, [question]);
}
