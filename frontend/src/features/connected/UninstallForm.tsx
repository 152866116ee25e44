import { CirclePause, LogIn } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Trans } from 'react-i18next';
import type { Fault } from '../../bridge/fault';
import { hostOf, openLink } from '../../bridge/openLink';
import type { UninstallPreview } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { OutsideLink } from '../../ui/Link';
import { Progress } from '../../ui/Progress';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import styles from './uninstall.module.css';
import { matches } from './word';

export interface UninstallFormProps {
  preview: UninstallPreview;
  busy: boolean;
  fault: Fault | null;
  pausing: boolean;
  moving: boolean;
  onMove: (to: string) => void;
  onPause: () => void;
  onReconnect: () => void;
  onUninstall: (typed: string) => void;
  onClose: () => void;
}

/** What uninstalling means, what could be done instead, and the word that says it is meant. */
export function UninstallForm(props: UninstallFormProps) {
  const { preview, busy, fault, onUninstall, onClose } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const sure = matches(typed, preview.phrase);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure && !busy) onUninstall(typed.trim());
  };
  const word = (
    <Trans
      i18nKey="uninstall.typeWord"
      values={{ phrase: preview.phrase }}
      components={{ b: <strong data-content /> }}
    />
  );
  return (
    <Dialog
      isOpen
      step="form"
      width="wide"
      onClose={() => !busy && onClose()}
      title={t('uninstall.title', { app: preview.app, account: preview.account })}
      footer={
        <>
          <Button onPress={onClose} isDisabled={busy}>
            {t('common.cancel')}
          </Button>
          <Button look="danger" type="submit" form="uninstall" isDisabled={!sure || busy}>
            {t('uninstall.button')}
          </Button>
        </>
      }
    >
      <Instead {...props} />
      <Consequences preview={preview} />
      {preview.others.length > 0 && <Move {...props} />}
      {busy && <Progress label={t('uninstall.working', { app: preview.app })} />}
      {fault && <FaultNote fault={fault} />}
      <form id="uninstall" className={styles.confirm} onSubmit={submit}>
        <p>{word}</p>
        <TextField
          label={t('uninstall.word')}
          value={typed}
          onChange={setTyped}
          isDisabled={busy}
          autoComplete="off"
          spellCheck="false"
          autoFocus
        />
      </form>
    </Dialog>
  );
}

/** Pause and Reconnect mend most of what makes people uninstall. */
function Instead({ preview, busy, pausing, onPause, onReconnect }: UninstallFormProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.instead}>
      <p>{t('uninstall.instead')}</p>
      <span className={styles.insteadButtons}>
        {preview.canPause && (
          <Button
            size="small"
            icon={<CirclePause size={14} />}
            onPress={onPause}
            isPending={pausing}
            isDisabled={busy}
          >
            {t('uninstall.pause')}
          </Button>
        )}
        <Button size="small" icon={<LogIn size={14} />} onPress={onReconnect} isDisabled={busy}>
          {t('connected.action.reconnect')}
        </Button>
      </span>
    </div>
  );
}

/** What would stop working can use another account of the app instead. */
function Move({ preview, busy, moving, onMove }: UninstallFormProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState(preview.others[0]?.id ?? '');
  return (
    <div className={styles.move}>
      <Select
        label={t('uninstall.moveTo', { count: preview.dependents.length })}
        value={to}
        onChange={setTo}
        isDisabled={busy || moving}
        choices={preview.others.map(({ id, name, account }) => ({ id, label: name || account }))}
      />
      <Button onPress={() => onMove(to)} isPending={moving} isDisabled={busy}>
        {t('uninstall.move')}
      </Button>
    </div>
  );
}

function Consequences({ preview }: { preview: UninstallPreview }) {
  const { t } = useTranslation();
  const { app, canRevoke, revokePage, dependents, steps } = preview;
  return (
    <section className={styles.part}>
      <h3>{t('uninstall.whatHappens')}</h3>
      <ul className={styles.bullets}>
        <li>{t('uninstall.erases')}</li>
        <li>{t(canRevoke ? 'uninstall.revokes' : 'uninstall.cannotRevoke', { app })}</li>
        {dependents.map((dependent) => (
          <li key={dependent.id}>{t('uninstall.breaks', { name: dependent.name })}</li>
        ))}
        {steps.length > 0 && (
          <li>
            {t('uninstall.stepsAfter', { count: steps.length, app })}
            <ol className={styles.quietList}>
              {steps.map((step) => (
                <li key={step.id}>{step.text}</li>
              ))}
            </ol>
          </li>
        )}
        <li>{t('uninstall.keeps')}</li>
      </ul>
      {!canRevoke && revokePage && (
        <OutsideLink onOpen={() => openLink(revokePage)} host={hostOf(revokePage)}>
          {t('uninstall.revokeThere', { app })}
        </OutsideLink>
      )}
    </section>
  );
}
