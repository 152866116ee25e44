import type { TFunction } from 'i18next';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Attempt } from '../../bridge/types';
import { answer, type Outcome } from '../../lib/intent';
import { useTranslation } from '../../texts/useTranslation';
import { goTo } from '../../ui/place';
import { showToast } from '../../ui/toast';
import { FlowDialog } from './FlowDialog';
import { Flow } from './flow';
import type { Job } from './plan';

/**
 * Answers whoever wants to connect, reconnect or set up a client. Mounted once;
 * one flow at a time, a new one ends the one before.
 */
export function ConnectHost() {
  const { t } = useTranslation();
  const [flow, setFlow] = useState<Flow | null>(null);
  useEffect(() => {
    let open: Flow | null = null;
    const run = (job: Job): Promise<Outcome> => {
      open?.close();
      return new Promise((resolve) => {
        const next = new Flow(job, (outcome, attempt) => {
          if (open === next) open = null;
          setFlow((shown) => (shown === next ? null : shown));
          if (outcome === 'done') tellDone(t, job, attempt);
          resolve(outcome);
        });
        open = next;
        setFlow(next);
        next.begin();
      });
    };
    const stops = [
      answer('connect', ({ slug }) => run({ kind: 'connect', slug })),
      answer('reconnect', ({ connectionID }) => run({ kind: 'reconnect', connectionID })),
      answer('add_permissions', ({ connectionID }) =>
        run({ kind: 'add_permissions', connectionID }),
      ),
      answer('set_up_client', ({ connectionID }) => run({ kind: 'set_up_client', connectionID })),
    ];
    return () => {
      for (const stop of stops) stop();
      open?.close();
    };
  }, [t]);
  return flow && <Shown flow={flow} />;
}

function Shown({ flow }: { flow: Flow }) {
  const view = useSyncExternalStore(flow.subscribe, flow.snapshot);
  return <FlowDialog flow={flow} view={view} />;
}

type Translate = TFunction;

function tellDone(t: Translate, job: Job, attempt: Attempt | undefined): void {
  if (!attempt) {
    showToast({ title: t('connect.clientSaved') });
    return;
  }
  const { app, account } = attempt;
  const key = job.kind === 'connect' ? 'connect.connectedAs' : 'connect.reconnectedAs';
  showToast({ title: t(key, { app, account }) });
  if (job.kind === 'connect') goTo(['connected', 'all']);
}
