import { system } from '../bridge/api';
import { report } from '../bridge/report';
import { useTranslation } from '../texts/useTranslation';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

type Answer = 'watch' | 'quit' | 'stay';

/** Asks, once, what closing the window means. Go asks when there is something to watch. */
export default function CloseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const answer = (how: Answer) => {
    onClose();
    system.Close(how).catch(report);
  };
  const footer = (
    <>
      <Button onPress={() => answer('stay')}>{t('common.cancel')}</Button>
      <Button onPress={() => answer('quit')}>{t('shell.quit')}</Button>
      <Button look="primary" onPress={() => answer('watch')} autoFocus>
        {t('shell.close.watch')}
      </Button>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={() => answer('stay')}
      title={t('shell.close.title')}
      footer={footer}
      width="narrow"
    >
      <p>{t('shell.close.body')}</p>
      <p>{t('shell.close.later')}</p>
    </Dialog>
  );
}
