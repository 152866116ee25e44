import { type FormEvent, useState } from 'react';
import { Trans } from 'react-i18next';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/TextField';
import styles from './connect.module.css';
import type { SigningInProps } from './SigningIn';

/** Where the provider answers to a web page only, the person brings the answer. */
export function PasteAnswer({ flow, attempt, busy, fault }: Omit<SigningInProps, 'plan'>) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim() && !busy) flow.paste(address.trim());
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <p className={styles.host}>
        <Trans
          i18nKey="connect.pasteHow"
          values={{ page: attempt.pastes }}
          components={{ b: <strong data-content /> }}
        />
      </p>
      <div className={styles.field}>
        <TextField
          label={t('connect.pasteLabel')}
          value={address}
          onChange={setAddress}
          error={fault?.field === 'answer' ? t('connect.pasteWrong') : undefined}
          code
          autoComplete="off"
        />
        <Button look="primary" type="submit" isDisabled={!address.trim()} isPending={busy}>
          {t('connect.pasteSend')}
        </Button>
      </div>
    </form>
  );
}
