import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { settings } from './api';
import { preferencesQuery } from './query';
import { report } from './report';
import type { Preferences } from './types';

/** The person's choices and a way to change some of them; a change shows at once. */
export function usePreferences() {
  const client = useQueryClient();
  const { data } = useQuery(preferencesQuery);
  const key = preferencesQuery.queryKey;
  const { mutate } = useMutation({
    mutationFn: (next: Preferences) => settings.Save(next),
    onMutate: (next) => client.setQueryData(key, next),
    onSuccess: (saved) => client.setQueryData(key, saved),
    onError: (error) => {
      report(error);
      client.invalidateQueries({ queryKey: key });
    },
  });
  const save = (change: Partial<Preferences>) => {
    const now = client.getQueryData(key);
    if (now) mutate({ ...now, ...change });
  };
  return { preferences: data, save };
}
