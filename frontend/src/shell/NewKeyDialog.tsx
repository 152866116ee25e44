import { useTranslation } from '../texts/useTranslation';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

interface NewKeyDialogProps {
  onStart: () => void;
  onClose: () => void;
}

/** Asks before a new key makes what is stored unreadable for good. */
export default function NewKeyDialog({ onStart, onClose }: NewKeyDialogProps) {
  const { t } = useTranslation();
  const footer = (
    <>
      <Button onPress={onClose} autoFocus>
        {t('common.cancel')}
      </Button>
      <Button look="danger" onPress={onStart}>
        {t('shell.keychain.newKey')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('shell.keychain.newKeyTitle')} footer={footer}>
      <p>{t('shell.keychain.newKeyBody')}</p>
    </Dialog>
  );
}
