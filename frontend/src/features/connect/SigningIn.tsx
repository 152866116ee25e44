import type { TFunction } from 'i18next';
import { AppWindow, ChevronDown } from 'lucide-react';
import { Trans } from 'react-i18next';
import { system } from '../../bridge/api';
import type { Fault } from '../../bridge/fault';
import type { Attempt } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { Menu } from '../../ui/Menu';
import { Spinner } from '../../ui/Spinner';
import { Choosing } from './Choosing';
import styles from './connect.module.css';
import { DeviceCode } from './DeviceCode';
import { Ending } from './Ending';
import { type Flow, isOver } from './flow';
import { PasteAnswer } from './PasteAnswer';
import { Picking } from './Picking';
import type { Plan } from './plan';

export interface SigningInProps {
  flow: Flow;
  plan: Plan;
  attempt: Attempt;
  busy: boolean;
  fault: Fault | null;
}

/** An attempt as it stands: waiting for the person, for a choice, or over. */
export function SigningIn(props: SigningInProps) {
  if (isOver(props.attempt)) return <Ending {...props} />;
  if (props.attempt.phase === 'choosing') return <Choosing {...props} />;
  if (props.attempt.phase === 'picking') return <Picking {...props} />;
  return <Waiting {...props} />;
}

function Waiting({ flow, attempt, busy, fault }: SigningInProps) {
  const { t } = useTranslation();
  const { app, icon, host, url, userCode } = attempt;
  return (
    <Dialog
      isOpen
      step="waiting"
      onClose={() => flow.close()}
      title={t('connect.signInTo', { app })}
      icon={<AppIcon icon={icon} name={app} />}
      footer={
        <div className={styles.footer}>
          {url && !userCode && !attempt.pastes && <OtherWindow flow={flow} busy={busy} />}
          {url && !userCode && (
            <CopyButton label={t('connect.copyLink')} onCopy={() => system.Copy(url)} />
          )}
          <span className={styles.space} />
          <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
        </div>
      }
    >
      {host && (
        <p className={styles.host}>
          <Trans
            i18nKey="connect.youSignInTo"
            values={{ host }}
            components={{ b: <strong data-content /> }}
          />
          {!userCode && <span className={styles.quiet}> {t('connect.checkHost')}</span>}
        </p>
      )}
      {userCode ? <DeviceCode attempt={attempt} /> : null}
      {attempt.pastes && attempt.phase === 'waiting' && (
        <PasteAnswer flow={flow} attempt={attempt} busy={busy} fault={fault} />
      )}
      <p className={styles.phase} role="status">
        <Spinner /> {phaseText(t, attempt)}
      </p>
      {fault && fault.field !== 'answer' && <FaultNote fault={fault} />}
    </Dialog>
  );
}

type Translate = TFunction;

function phaseText(t: Translate, { phase, window, userCode, pastes }: Attempt): string {
  if (phase === 'opening') return t('connect.phase.opening');
  if (phase === 'finishing') return t('connect.phase.finishing');
  if (userCode) return t('connect.phase.waitingCode');
  if (pastes) return t('connect.phase.waitingPaste');
  return t(window === 'tab' ? 'connect.phase.waitingTab' : 'connect.phase.waitingPopup');
}

function OtherWindow({ flow, busy }: { flow: Flow; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t('connect.otherWindow')}
      trigger={
        <Button size="small" look="quiet" isPending={busy} icon={<AppWindow size={14} />}>
          {t('connect.otherWindow')}{' '}
          <ChevronDown size={12} className={styles.chevron} aria-hidden />
        </Button>
      }
      entries={[
        { id: 'browser_popup', label: t('connect.window.browser_popup') },
        { id: 'own_popup', label: t('connect.window.own_popup') },
        { id: 'tab', label: t('connect.window.tab') },
      ]}
      onAction={(window) => flow.openAgain(window)}
    />
  );
}
