import { useState } from 'react';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { RadioList } from '../../ui/RadioList';
import type { SigningInProps } from './SigningIn';

/** A sign-in opened several organisations or sites: a connection is for one of them. */
export function Picking({ flow, attempt, busy, fault }: SigningInProps) {
  const { t } = useTranslation();
  const { app, icon, what, options } = attempt;
  const [value, setValue] = useState(options[0]?.value ?? '');
  return (
    <Dialog
      isOpen
      step="picking"
      onClose={() => flow.close()}
      title={t('connect.pickTitle')}
      icon={<AppIcon icon={icon} name={app} />}
      footer={
        <>
          <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={busy} onPress={() => flow.resolve(value)}>
            {t('connect.goOn')}
          </Button>
        </>
      }
    >
      <p>{t('connect.pickBody', { app })}</p>
      <RadioList
        label={what}
        choices={options.map(({ value: id, name }) => ({ id, label: name }))}
        value={value}
        onChange={setValue}
      />
      {fault && <FaultNote fault={fault} />}
    </Dialog>
  );
}
