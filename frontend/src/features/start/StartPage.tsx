import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { accounts } from '../../bridge/api';
import { toFault } from '../../bridge/fault';
import type { FirstStart } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { type Language, languageNames, speak } from '../../texts/texts';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { type Missing, missingIn } from './entry';
import styles from './StartPage.module.css';

export interface StartPageProps {
  language: Language;
  /** What already has to be said about this computer. */
  children?: ReactNode;
}

/** The first window: which account, which language, who are you. Nothing else. */
export default function StartPage({ language, children }: StartPageProps) {
  const { t } = useTranslation();
  const [entry, setEntry] = useState<FirstStart>({
    accountName: '',
    language,
    personName: '',
    email: '',
  });
  const form = useStart(entry);
  const change = (part: Partial<FirstStart>) => setEntry((now) => ({ ...now, ...part }));
  const chooseLanguage = (chosen: string) => {
    change({ language: chosen });
    speak(chosen);
  };
  return (
    <main className={styles.page}>
      {children}
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <h1>{t('start.title')}</h1>
        <p className={styles.lead}>{t('start.lead')}</p>
        <TextField
          label={t('start.accountName')}
          help={t('start.accountHelp')}
          value={entry.accountName}
          onChange={(accountName) => change({ accountName })}
          error={form.errorOf('accountName')}
          autoFocus
          autoComplete="organization"
          maxLength={120}
        />
        <Select
          label={t('start.language')}
          help={t('start.languageHelp')}
          choices={languageNames}
          value={entry.language}
          onChange={chooseLanguage}
        />
        <TextField
          label={t('start.personName')}
          value={entry.personName}
          onChange={(personName) => change({ personName })}
          error={form.errorOf('personName')}
          autoComplete="name"
          maxLength={120}
        />
        <TextField
          label={t('start.email')}
          help={t('start.emailHelp')}
          type="email"
          value={entry.email}
          onChange={(email) => change({ email })}
          error={form.errorOf('email')}
          autoComplete="email"
          maxLength={254}
        />
        {form.fault && (
          <Banner tone="warning" title={form.fault.title}>
            {form.fault.body}
          </Banner>
        )}
        <div className={styles.foot}>
          <p className={styles.lead}>{t('start.admin')}</p>
          <Button type="submit" look="primary" size="large" isPending={form.busy}>
            {t('start.submit')}
          </Button>
        </div>
      </form>
    </main>
  );
}

function useStart(entry: FirstStart) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const textOf = useFaultText();
  const [missing, setMissing] = useState<Missing[]>([]);
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (sent: FirstStart) => accounts.Start(sent),
    onSuccess: () => client.invalidateQueries(),
  });
  const blamed = error ? toFault(error).field : '';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wrong = missingIn(entry);
    setMissing(wrong);
    if (wrong.length === 0) mutate(entry);
  };
  const errorOf = (field: Missing) =>
    (missing.includes(field) && missingIn(entry).includes(field)) || blamed === field
      ? t(`start.missing.${field}`)
      : undefined;
  const fault = error && !errorOf(blamed as Missing) ? textOf(error) : undefined;
  return { submit, errorOf, fault, busy: isPending || isSuccess };
}
