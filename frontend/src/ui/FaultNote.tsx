import type en from '../texts/en.json';
import { useTranslation } from '../texts/useTranslation';
import { Banner } from './Banner';
import { Button } from './Button';

export interface FaultNoteProps {
  fault: { code: keyof (typeof en)['fault'] };
  onRetry?: () => void;
}

/** What went wrong, in the words of the fault table, with Try again where that helps. */
export function FaultNote({ fault, onRetry }: FaultNoteProps) {
  const { t } = useTranslation();
  if (fault.code === 'canceled') return null;
  const again = onRetry && (
    <Button size="small" onPress={onRetry}>
      {t('common.tryAgain')}
    </Button>
  );
  return (
    <Banner tone="warning" title={t(`fault.${fault.code}.title`)} action={again}>
      {t(`fault.${fault.code}.body`)}
    </Banner>
  );
}
