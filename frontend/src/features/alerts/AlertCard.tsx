import { BellOff, EyeOff, Pin, PinOff, X } from 'lucide-react';
import { system } from '../../bridge/api';
import type { Alert } from '../../bridge/types';
import { morning, nextMonday, soon } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { DetailsDisclosure } from '../../ui/DetailsDisclosure';
import { FaultNote } from '../../ui/FaultNote';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/Menu';
import styles from './AlertCard.module.css';
import { Severity } from './Severity';
import { useAlertActions } from './useAlertActions';

export interface AlertCardProps {
  alert: Alert;
  titleID: string;
  pinned: boolean;
  onPin: (pinned: boolean) => void;
  onClose: () => void;
}

/** What happened, since when, what it affects, the steps that mend it, and the remedy. */
export function AlertCard({ alert, titleID, pinned, onPin, onClose }: AlertCardProps) {
  const { t } = useTranslation();
  return (
    <article className={styles.card}>
      <header className={styles.header}>
        <Severity alert={alert} />
        <span className={styles.tools}>
          <IconButton
            label={t(pinned ? 'alerts.unpin' : 'alerts.pin')}
            onPress={() => onPin(!pinned)}
          >
            {pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
          </IconButton>
          <IconButton label={t('common.close')} onPress={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </span>
      </header>
      <h2 id={titleID} className={styles.sentence} data-content>
        {alert.sentence}
      </h2>
      <p className={styles.quiet}>
        {[alert.sinceText, alert.stateText].filter(Boolean).join(' · ')}
      </p>
      {alert.effect && <p data-content>{alert.effect}</p>}
      {alert.steps.length > 0 && (
        <ol className={styles.steps} aria-label={t('alerts.steps')}>
          {alert.steps.map((step) => (
            <li key={step} data-content>
              {step}
            </li>
          ))}
        </ol>
      )}
      <Actions alert={alert} onRun={() => onPin(true)} onQuiet={onClose} />
      {alert.details.length > 0 && <Technical alert={alert} />}
    </article>
  );
}

function Technical({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const text = [alert.sentence, ...alert.details.map((d) => `${d.label}: ${d.value}`)].join('\n');
  return (
    <DetailsDisclosure
      title={t('state.technical')}
      details={alert.details}
      copyLabel={t('state.copyDetails')}
      onCopy={() => system.Copy(text)}
    />
  );
}

interface ActionsProps {
  alert: Alert;
  /** Called before the remedy runs. */
  onRun: () => void;
  /** Called after the alert was snoozed or ignored. */
  onQuiet: () => void;
}

function Actions({ alert, onRun, onQuiet }: ActionsProps) {
  const { t, language } = useTranslation();
  const { remedy, quiet, stillThere } = useAlertActions(alert);
  const run = () => {
    onRun();
    remedy.mutate();
  };
  const fault = remedy.fault ?? quiet.fault;
  return (
    <>
      <div className={styles.actions}>
        {alert.remedy !== 'none' && (
          <Button look="primary" isPending={remedy.isPending} onPress={run}>
            {alert.remedyLabel}
          </Button>
        )}
        <span className={styles.space} />
        <Menu
          label={t('alerts.snooze')}
          trigger={
            <Button look="quiet" icon={<BellOff />} isPending={quiet.isPending}>
              {t('alerts.snooze')}
            </Button>
          }
          entries={[
            { id: 'hour', label: t('alerts.snoozeHour') },
            { id: 'tomorrow', label: t('alerts.snoozeTomorrow') },
            { id: 'week', label: t('alerts.snoozeWeek') },
          ].map((entry) => ({ ...entry, note: soon(until(entry.id), language) }))}
          onAction={(id) => quiet.mutate({ until: until(id) }, { onSuccess: onQuiet })}
        />
        <Button
          look="quiet"
          icon={<EyeOff />}
          onPress={() => quiet.mutate({ until: 0 }, { onSuccess: onQuiet })}
        >
          {t('alerts.ignore')}
        </Button>
      </div>
      <p className={styles.result} role="status">
        {remedy.isPending && t('alerts.working')}
        {stillThere && t('alerts.stillThere')}
      </p>
      {fault && <FaultNote fault={fault} />}
    </>
  );
}

function until(id: string, now = Date.now()): number {
  if (id === 'hour') return now + 3_600_000;
  return id === 'tomorrow' ? morning(1, now) : nextMonday(now);
}
