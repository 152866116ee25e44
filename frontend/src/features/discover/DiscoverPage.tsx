import { usePlace } from '../../ui/place';
import { CompareTray } from './CompareTray';
import { HomeView } from './HomeView';
import { ResultsView } from './ResultsView';
import { asks } from './search';

/** Discover: the front page, or what a search and its filters find. */
export default function DiscoverPage() {
  const { params } = usePlace();
  return (
    <>
      {asks(params) ? <ResultsView /> : <HomeView />}
      <CompareTray params={params} />
    </>
  );
}
