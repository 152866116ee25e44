import { useMutation, useQueryClient } from '@tanstack/react-query';
import { catalogue } from './api';
import { invalidate } from './query';
import { report } from './report';

/** Makes a feed win where others have the same app. */
export function usePrefer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (feedID: string) => catalogue.PreferFeed(feedID),
    onError: report,
    onSettled: () => invalidate(client, ['feed', 'catalogue']),
  });
}
