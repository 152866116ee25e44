import { ChevronLeft } from 'lucide-react';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import styles from './connect.module.css';
import type { Flow } from './flow';

interface StepFooterProps {
  flow: Flow;
  /** The id of the step's form. */
  form: string;
  /** What sends it. */
  label: string;
  ready: boolean;
  busy: boolean;
}

/** The buttons of a step that asks: back to the one before if there is one, away, and on. */
export function StepFooter({ flow, form, label, ready, busy }: StepFooterProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.footer}>
      {flow.canGoBack && (
        <Button
          look="quiet"
          icon={<ChevronLeft size={14} aria-hidden />}
          isDisabled={busy}
          onPress={() => flow.back()}
        >
          {t('connect.back')}
        </Button>
      )}
      <span className={styles.space} />
      <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
      <Button look="primary" type="submit" form={form} isDisabled={!ready} isPending={busy}>
        {label}
      </Button>
    </div>
  );
}
