import type { TFunction } from 'i18next';
import { CircleSlash, CircleX, SquareX } from 'lucide-react';
import { system } from '../../bridge/api';
import { type Code, severities } from '../../bridge/fault';
import type { Attempt } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { DetailsDisclosure } from '../../ui/DetailsDisclosure';
import { Dialog } from '../../ui/Dialog';
import styles from './connect.module.css';
import type { SigningInProps } from './SigningIn';

const icons = { closed: SquareX, declined: CircleSlash, canceled: CircleSlash, failed: CircleX };
type Phase = keyof typeof icons;

/** A sign-in that came to nothing: which way, that nothing was changed, and another try. */
export function Ending({ flow, plan, attempt }: SigningInProps) {
  const { t } = useTranslation();
  if (!(attempt.phase in icons)) return null;
  const phase = attempt.phase as Phase;
  const Icon = icons[phase];
  const client = flow.canChangeClient(attempt);
  const left = plan.connection ? 'connect.asBefore' : 'connect.nothingLeft';
  return (
    <Dialog
      isOpen
      step="ending"
      onClose={() => flow.close()}
      title={t(`connect.ended.${phase}`, { app: attempt.app })}
      icon={<AppIcon icon={attempt.icon} name={attempt.app} />}
      footer={
        <>
          {!client && flow.canGoBack && (
            <Button look="quiet" onPress={() => flow.back()}>
              {t('connect.change')}
            </Button>
          )}
          <Button onPress={() => flow.close()}>{t('common.close')}</Button>
          <Button look={client ? 'secondary' : 'primary'} onPress={() => flow.again()}>
            {t('common.tryAgain')}
          </Button>
          {client && (
            <Button look="primary" onPress={() => flow.changeClient()}>
              {t('connect.changeClient')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.ending} role="status">
        <Icon size={16} className={styles.endingIcon} aria-hidden />
        <p>
          {reasonOf(t, phase, attempt)} {t(left, { app: attempt.app })}
        </p>
      </div>
      {phase === 'failed' && (attempt.code || attempt.message) && <Technical attempt={attempt} />}
    </Dialog>
  );
}

type Translate = TFunction;

function reasonOf(t: Translate, phase: Phase, { app, code }: Attempt): string {
  if (phase !== 'failed') return t(`connect.endedWhy.${phase}`, { app });
  if (!(code in severities)) return t('connect.endedWhy.failed', { app });
  const known = code as Code;
  return `${t(`fault.${known}.title`)}. ${t(`fault.${known}.body`)}`;
}

function Technical({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const details = [
    { label: t('connect.detail.code'), value: attempt.code },
    { label: t('connect.detail.message'), value: attempt.message },
    { label: t('connect.detail.host'), value: attempt.host },
  ].filter((detail) => detail.value !== '');
  const text = details.map((d) => `${d.label}: ${d.value}`).join('\n');
  return (
    <DetailsDisclosure
      title={t('state.technical')}
      details={details}
      copyLabel={t('state.copyDetails')}
      onCopy={() => system.Copy(text)}
    />
  );
}
