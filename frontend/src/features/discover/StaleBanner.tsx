import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { catalogue } from '../../bridge/api';
import { feedsQuery, invalidate, statusQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';
import { staleSince } from './stale';

/** Says that what is shown may be out of date, and offers to bring it up to date. */
export function StaleBanner() {
  const { t, language } = useTranslation();
  const status = useQuery(statusQuery).data;
  const feeds = useQuery(feedsQuery).data ?? [];
  const sync = useSyncFeeds();
  const since = status && !status.offline ? staleSince(feeds, Date.now()) : 0;
  if (sync.isPending) return <Progress label={t('discover.syncing')} />;
  if (!since) return null;
  const action = (
    <Button size="small" onPress={() => sync.mutate()}>
      {t('discover.syncNow')}
    </Button>
  );
  return (
    <Banner tone="info" action={action}>
      {t('discover.stale', { ago: ago(since, language) })}
    </Banner>
  );
}

function useSyncFeeds() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const feeds = await client.fetchQuery(feedsQuery);
      for (const feed of feeds) if (feed.kind === 'https') await catalogue.SyncFeed(feed.id);
    },
    onError: report,
    onSettled: () => invalidate(client, ['catalogue', 'feed', 'status']),
  });
}
