import { useQueryClient } from '@tanstack/react-query';
import { catalogue, system } from '../bridge/api';
import { feedsQuery, invalidate } from '../bridge/query';
import { report } from '../bridge/report';
import { usePreferences } from '../bridge/usePreferences';
import { useTranslation } from '../texts/useTranslation';
import { goTo } from '../ui/place';
import { showToast } from '../ui/toast';
import type { Entry } from './usePaletteEntries';

/** What can be done from anywhere. */
export function useCommands(): Entry[] {
  const { t } = useTranslation();
  const { preferences, save } = usePreferences();
  const sync = useSync();
  return [
    { id: 'discover', label: t('shell.command.discover'), run: () => goTo(['discover']) },
    { id: 'connected', label: t('shell.command.connected'), run: () => goTo(['connected', 'all']) },
    { id: 'alerts', label: t('shell.command.alerts'), run: () => goTo(['connected', 'alerts']) },
    {
      id: 'activity',
      label: t('shell.command.activity'),
      run: () => goTo(['connected', 'activity']),
    },
    { id: 'sync', label: t('shell.command.sync'), run: sync },
    {
      id: 'rail',
      label: t('shell.command.rail'),
      run: () => save({ railCollapsed: !preferences?.railCollapsed }),
    },
    {
      id: 'sandbox',
      label: t('shell.command.sandbox'),
      run: () => save({ showSandbox: !preferences?.showSandbox }),
    },
    { id: 'quit', label: t('shell.quit'), run: () => system.Quit().catch(report) },
  ];
}

function useSync(): () => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  return async () => {
    try {
      const feeds = await client.fetchQuery(feedsQuery);
      for (const feed of feeds) await catalogue.SyncFeed(feed.id);
      showToast({ title: t('shell.synced') });
    } catch (error) {
      report(error);
    }
    invalidate(client, ['catalogue', 'feed', 'status']);
  };
}
