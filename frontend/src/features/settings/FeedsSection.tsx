import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { feedsQuery } from '../../bridge/query';
import { useFaultText } from '../../bridge/useFaultText';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { AddFeed } from './AddFeed';
import { FeedRow } from './FeedRow';
import { Group, Wide } from './Group';

/** Where the catalogue's listings come from, how old they are, and what can be done about it. */
export function FeedsSection() {
  const { t } = useTranslation();
  const feeds = useQuery(feedsQuery);
  const textOf = useFaultText();
  if (feeds.isPending) return <Skeleton label={t('common.loading')} />;
  if (feeds.isError) {
    return (
      <Trouble {...textOf(feeds.error)} onRetry={feeds.refetch} retryLabel={t('common.tryAgain')} />
    );
  }
  return (
    <>
      <p>{t('settings.feedsHelp')}</p>
      <Group>
        {feeds.data.map((feed) => (
          <FeedRow key={feed.id} feed={feed} />
        ))}
        <Wide>
          <AddFeed />
        </Wide>
      </Group>
    </>
  );
}
