import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { accounts } from '../../bridge/api';
import { accountQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Account } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { languageNames } from '../../texts/texts';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { TextField } from '../../ui/TextField';
import { Trouble } from '../../ui/Trouble';
import { showToast } from '../../ui/toast';
import styles from './AccountSection.module.css';
import { Group, Wide } from './Group';
import { People } from './People';

/** The account's name and language, and who is in it. */
export function AccountSection() {
  const { t } = useTranslation();
  const account = useQuery(accountQuery);
  const textOf = useFaultText();
  if (account.isPending) return <Skeleton label={t('common.loading')} />;
  if (account.isError) {
    return (
      <Trouble
        {...textOf(account.error)}
        onRetry={account.refetch}
        retryLabel={t('common.tryAgain')}
      />
    );
  }
  return (
    <>
      <Group>
        <Wide>
          <NameForm key={account.data.name} account={account.data} />
        </Wide>
        <Wide>
          <LanguageChoice account={account.data} />
        </Wide>
      </Group>
      <People account={account.data} />
    </>
  );
}

function NameForm({ account }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(account.name);
  const rename = useMutation({
    mutationFn: (next: string) => accounts.Rename(next),
    onSuccess: (saved) => {
      client.setQueryData(accountQuery.queryKey, saved);
      showToast({ title: t('settings.accountSaved') });
    },
    onError: report,
  });
  const unchanged = name.trim() === '' || name.trim() === account.name;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!unchanged) rename.mutate(name.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t('settings.accountName')}
        value={name}
        onChange={setName}
        maxLength={120}
        isDisabled={!account.me.superAdmin}
        help={account.me.superAdmin ? undefined : t('settings.notAllowed')}
      />
      <Button type="submit" isDisabled={unchanged} isPending={rename.isPending}>
        {t('common.save')}
      </Button>
    </form>
  );
}

function LanguageChoice({ account }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (language: string) => accounts.ChangeLanguage(language),
    onSuccess: () => client.invalidateQueries(),
    onError: report,
  });
  return (
    <Select
      label={t('settings.language')}
      help={t('settings.languageHelp')}
      choices={languageNames}
      value={change.isPending ? change.variables : account.language}
      onChange={(language) => change.mutate(language)}
      isDisabled={!account.me.superAdmin}
    />
  );
}
