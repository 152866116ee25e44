import { useMutation, useQueryClient } from '@tanstack/react-query';
import { catalogue } from '../../bridge/api';
import { invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';

/** What can be done with a feed; whatever comes of it, the catalogue is asked for again. */
export function useFeedCalls() {
  const client = useQueryClient();
  const settled = () => invalidate(client, ['feed', 'catalogue', 'status']);
  const sync = useMutation({
    mutationFn: (id: string) => catalogue.SyncFeed(id),
    onError: report,
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => catalogue.RemoveFeed(id),
    onError: report,
    onSettled: settled,
  });
  const add = useMutation({
    mutationFn: (url: string) => catalogue.AddFeed(url),
    onSettled: settled,
  });
  return { sync, remove, add };
}
