import { useQuery } from '@tanstack/react-query';
import { clashesQuery, feedsQuery } from '../../bridge/query';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { AddFeed } from './AddFeed';
import { Clashes } from './Clashes';
import { FeedRow } from './FeedRow';
import { Group, Wide } from './Group';

/** Where the catalogue's listings come from, how old they are, and what can be done about it. */
export function FeedsSection() {
  const { t } = useTranslation();
  const feeds = useQuery(feedsQuery);
  const clashes = useQuery(clashesQuery).data;
  const textOf = useFaultText();
  if (feeds.isPending) return <Skeleton label={t('common.loading')} />;
  if (feeds.isError) {
    return (
      <Trouble {...textOf(feeds.error)} onRetry={feeds.refetch} retryLabel={t('common.tryAgain')} />
    );
  }
  const clash = clashes !== undefined && clashes.total > 0;
  return (
    <>
      <p>{t('settings.feedsHelp')}</p>
      <Group>
        {feeds.data.map((feed, index) => (
          <FeedRow key={feed.id} feed={feed} canBePreferred={clash && index > 0} />
        ))}
        {clash && <Clashes clashes={clashes} />}
        <Wide>
          <AddFeed feeds={feeds.data} />
        </Wide>
      </Group>
    </>
  );
}
