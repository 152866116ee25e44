import { type SyntheticEvent, useId, useState } from 'react';
import { toFault } from '../../bridge/fault';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Progress } from '../../ui/Progress';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { showToast } from '../../ui/toast';
import type { MailServerProps } from './MailServerGroup';
import { type Draft, draftOf, entryOf, problemOf, securities, withSecurity } from './mail';
import styles from './mail.module.css';
import { Problem } from './Problem';
import { useMailCalls } from './useMailCalls';

interface FormProps extends Omit<MailServerProps, 'may'> {
  onClose: () => void;
}

/** The form for a mail server. It is signed in to before it counts. */
export function MailServerForm({ server, email, onClose }: FormProps) {
  const { t } = useTranslation();
  const form = useId();
  const { save } = useMailCalls();
  const [draft, setDraft] = useState(() => draftOf(server, email));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate(entryOf(draft), { onSuccess: ({ problem }) => problem === '' && done() });
  };
  const done = () => {
    showToast({ title: t('mail.saved') });
    onClose();
  };
  const footer = (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={form} look="primary" isPending={save.isPending}>
        {t('mail.save')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('mail.server')} footer={footer}>
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <Fields
          draft={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          blamed={save.error ? toFault(save.error).field : ''}
          hasPassword={server.hasPassword}
        />
        <Result error={save.error} outcome={save.data} pending={save.isPending} />
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  /** The field that Go blames. */
  blamed: string;
  hasPassword: boolean;
}

function Fields({ draft, onChange, blamed, hasPassword }: FieldsProps) {
  const { t } = useTranslation();
  const field = (name: Exclude<keyof Draft, 'security'>) => ({
    label: t(`mail.${name}`),
    value: draft[name],
    onChange: (value: string) => onChange({ [name]: value }),
    error: blamed === name ? t(`mail.wrong.${name}`) : undefined,
  });
  return (
    <>
      <div className={styles.pair}>
        <TextField {...field('host')} code placeholder="smtp.example.com" autoFocus />
        <TextField {...field('port')} inputMode="numeric" maxLength={5} />
      </div>
      <Select
        label={t('mail.security')}
        value={draft.security}
        onChange={(security) => onChange(withSecurity(draft, security))}
        choices={securities.map((id) => ({ id, label: t(`mail.securities.${id}`) }))}
        help={blamed === 'security' ? t('mail.wrong.security') : undefined}
      />
      <div className={styles.halves}>
        <TextField {...field('user')} help={t('mail.userHelp')} autoComplete="off" />
        <TextField
          {...field('password')}
          type="password"
          autoComplete="off"
          help={t(hasPassword ? 'mail.passwordKept' : 'mail.passwordHelp')}
        />
      </div>
      <div className={styles.halves}>
        <TextField {...field('fromName')} />
        <TextField {...field('fromEmail')} type="email" />
      </div>
    </>
  );
}

interface ResultProps {
  error: Error | null;
  outcome?: { problem: string; said: string };
  pending: boolean;
}

/** How speaking to the server went: still at it, a field to correct, or what it said. */
export function Result({ error, outcome, pending }: ResultProps) {
  const { t } = useTranslation();
  const textOf = useFaultText();
  if (pending) return <Progress label={t('mail.checking')} />;
  if (error && toFault(error).field === '') {
    const fault = textOf(error);
    return (
      <Banner tone="warning" title={fault.title}>
        {fault.body}
      </Banner>
    );
  }
  if (!outcome?.problem) return null;
  return <Problem problem={problemOf(outcome.problem)} said={outcome.said} />;
}
