import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { connections } from '../../bridge/api';
import { toFault } from '../../bridge/fault';
import { invalidate } from '../../bridge/query';
import type { Connection } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { TextField } from '../../ui/TextField';
import styles from './connected.module.css';

/** Gives a connection a name and a purpose, which tell accounts of one app apart. */
export function DescribeDialog({
  connection,
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(connection.name);
  const [purpose, setPurpose] = useState(connection.purpose);
  const save = useMutation({
    mutationFn: () => connections.Describe(connection.id, name.trim(), purpose.trim()),
    onSuccess: () => {
      invalidate(client, ['connection', 'activity']);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('connected.describe.title')}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="describe" isPending={save.isPending}>
            {t('connected.describe.save')}
          </Button>
        </>
      }
    >
      <form id="describe" className={styles.form} onSubmit={submit}>
        <TextField
          label={t('connected.describe.name')}
          help={t('connected.describe.nameHelp')}
          placeholder={connection.account}
          value={name}
          onChange={setName}
          maxLength={80}
          autoFocus
        />
        <TextField
          label={t('connected.describe.purpose')}
          help={t('connected.describe.purposeHelp')}
          value={purpose}
          onChange={setPurpose}
          maxLength={300}
          lines={3}
        />
      </form>
      {save.error && <FaultNote fault={toFault(save.error)} />}
    </Dialog>
  );
}
