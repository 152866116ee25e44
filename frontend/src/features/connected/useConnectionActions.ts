import { useMutation, useQueryClient } from '@tanstack/react-query';
import { connections } from '../../bridge/api';
import { invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Connection } from '../../bridge/types';
import { ask, startReconnect } from '../../lib/intent';
import { useTranslation } from '../../texts/useTranslation';
import { goTo } from '../../ui/place';
import { showToast } from '../../ui/toast';
import { stateOf } from './state';

/** What a person can do with a connection. */
export type Action =
  | 'open'
  | 'check'
  | 'reconnect'
  | 'set_up'
  | 'review'
  | 'pause'
  | 'resume'
  | 'uninstall';

/** Runs actions on a connection; `running` is the one under way. */
export function useConnectionActions(connection: Connection) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { id, slug, app, account } = connection;
  const call = useMutation({
    mutationFn: (action: 'check' | 'pause' | 'resume') => calls[action](id),
    onSuccess: (changed, action) => {
      if (action !== 'check') return;
      const state = t(`state.name.${stateOf(changed)}`);
      showToast({ title: t('connected.checked', { app, account, state }) });
    },
    onError: report,
    onSettled: () => invalidate(client, ['connection', 'alert', 'activity']),
  });
  const run = (action: Action) => {
    if (action === 'open') return goTo(['connected', 'c', id]);
    if (action === 'reconnect') return void startReconnect(id);
    if (action === 'set_up') return void ask('set_up_client', { connectionID: id });
    if (action === 'review') return goTo(['apps', slug]);
    if (action === 'uninstall') return void ask('uninstall', { connectionID: id });
    call.mutate(action);
  };
  return { run, running: call.isPending ? call.variables : null };
}

const calls = {
  check: (id: string) => connections.CheckNow(id),
  pause: (id: string) => connections.Pause(id),
  resume: (id: string) => connections.Resume(id),
};
