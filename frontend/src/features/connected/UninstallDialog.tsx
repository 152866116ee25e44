import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { connections } from '../../bridge/api';
import { toFault } from '../../bridge/fault';
import { invalidate } from '../../bridge/query';
import { type Outcome, startReconnect } from '../../lib/intent';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { Progress } from '../../ui/Progress';
import { goTo } from '../../ui/place';
import { previewQuery } from './queries';
import { ReceiptDialog } from './ReceiptDialog';
import { UninstallForm } from './UninstallForm';

interface UninstallDialogProps {
  id: string;
  onClose: (outcome: Outcome) => void;
}

/** Uninstalls a connection: says what will happen, asks for the word, shows what was removed. */
export function UninstallDialog({ id, onClose }: UninstallDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const preview = useQuery(previewQuery(id));
  const uninstall = useMutation({
    mutationFn: (typed: string) => connections.Uninstall(id, typed),
    onSuccess: () => leavePage(id),
    onSettled: () =>
      invalidate(client, ['connection', 'alert', 'activity', 'receipt', 'catalogue']),
  });
  const pause = useMutation({
    mutationFn: () => connections.Pause(id),
    onSuccess: () => {
      invalidate(client, ['connection', 'alert', 'activity']);
      onClose('stopped');
    },
  });
  const move = useMutation({
    mutationFn: (to: string) => connections.MoveDependents(id, to),
    onSuccess: (after) => client.setQueryData(previewQuery(id).queryKey, after),
  });
  const reconnect = () => {
    onClose('stopped');
    startReconnect(id);
  };
  if (uninstall.data) {
    return <ReceiptDialog receipt={uninstall.data} onClose={() => onClose('done')} />;
  }
  const error = preview.error ?? move.error ?? pause.error ?? uninstall.error;
  if (preview.data) {
    return (
      <UninstallForm
        preview={preview.data}
        busy={uninstall.isPending}
        fault={error && toFault(error)}
        moving={move.isPending}
        onMove={(to) => move.mutate(to)}
        pausing={pause.isPending}
        onPause={() => pause.mutate()}
        onReconnect={reconnect}
        onUninstall={(typed) => uninstall.mutate(typed)}
        onClose={() => onClose('stopped')}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={() => onClose('stopped')}
      title={t('uninstall.loading')}
      footer={<Button onPress={() => onClose('stopped')}>{t('common.cancel')}</Button>}
    >
      {error ? (
        <FaultNote fault={toFault(error)} onRetry={() => preview.refetch()} />
      ) : (
        <Progress label={t('common.loading')} />
      )}
    </Dialog>
  );
}

/** The page of a connection that is gone has nothing to show. */
function leavePage(id: string): void {
  if (window.location.hash.startsWith(`#/connected/c/${encodeURIComponent(id)}`)) {
    goTo(['connected', 'all'], undefined, true);
  }
}
