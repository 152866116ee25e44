import { type SyntheticEvent, useId, useState } from 'react';
import { toFault } from '../../bridge/fault';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import { showToast } from '../../ui/toast';
import { Result } from './MailServerForm';
import styles from './mail.module.css';
import { useMailCalls } from './useMailCalls';

/** Sends a test e-mail and says how that went. */
export function MailTestDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useId();
  const { test } = useMailCalls();
  const [to, setTo] = useState(email);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    test.mutate(to, { onSuccess: ({ problem }) => problem === '' && done() });
  };
  const done = () => {
    showToast({ title: t('mail.testSent', { email: to }) });
    onClose();
  };
  const blamed = test.error !== null && toFault(test.error).field === 'email';
  const footer = (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={form} look="primary" isPending={test.isPending}>
        {t('mail.sendTest')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('mail.sendTest')} footer={footer} width="narrow">
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={t('mail.to')}
          type="email"
          value={to}
          onChange={setTo}
          error={blamed ? t('mail.wrong.email') : undefined}
          autoFocus
        />
        <Result error={test.error} outcome={test.data} pending={test.isPending} />
      </form>
    </Dialog>
  );
}
