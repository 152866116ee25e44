import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { connections } from '../../bridge/api';
import { report } from '../../bridge/report';
import type { Receipt } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { showToast } from '../../ui/toast';
import { receiptsQuery } from './queries';
import { ReceiptView } from './ReceiptView';

/** A receipt, as it stands now: a revocation that is still tried may succeed while it is read. */
export function ReceiptDialog({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const { t } = useTranslation();
  const all = useQuery(receiptsQuery).data ?? [];
  const now = all.find((other) => other.id === receipt.id) ?? receipt;
  const save = useMutation({
    mutationFn: () => connections.ExportReceipt(receipt.id),
    onSuccess: (path) => path && showToast({ title: t('uninstall.exported', { path }) }),
    onError: report,
  });
  return (
    <Dialog
      isOpen
      step="receipt"
      dismissable
      onClose={onClose}
      title={t('uninstall.doneTitle', { app: receipt.app })}
      footer={
        <>
          <Button
            icon={<Download size={14} />}
            isPending={save.isPending}
            onPress={() => save.mutate()}
          >
            {t('uninstall.export')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('uninstall.done')}
          </Button>
        </>
      }
    >
      <ReceiptView receipt={now} />
    </Dialog>
  );
}
