import { useState } from 'react';
import { Trans } from 'react-i18next';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { RadioList } from '../../ui/RadioList';
import styles from './connect.module.css';
import type { SigningInProps } from './SigningIn';

type Choice = 'keep' | 'replace' | 'add';

/** Another account came back than the one that was renewed: nothing is replaced unasked. */
export function Choosing({ flow, attempt, busy, fault }: SigningInProps) {
  const { t } = useTranslation();
  const { app, icon, account, other } = attempt;
  const [choice, setChoice] = useState<Choice>('keep');
  const choices = (['keep', 'replace', 'add'] as const).map((id) => ({
    id,
    label: t(`connect.choice.${id}`, { account, other }),
    help: t(`connect.choice.${id}Help`, { account, other }),
  }));
  return (
    <Dialog
      isOpen
      step="choosing"
      onClose={() => flow.close()}
      title={t('connect.otherAccount')}
      icon={<AppIcon icon={icon} name={app} />}
      footer={
        <>
          <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={busy} onPress={() => flow.resolve(choice)}>
            {t('connect.goOn')}
          </Button>
        </>
      }
    >
      <p className={styles.accounts}>
        <Trans
          i18nKey="connect.otherAccountBody"
          values={{ app, account, other }}
          components={{ b: <strong data-content /> }}
        />
      </p>
      <RadioList
        label={t('connect.whatToDo')}
        choices={choices}
        value={choice}
        onChange={setChoice}
      />
      {fault && <FaultNote fault={fault} />}
    </Dialog>
  );
}
