import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useId, useState } from 'react';
import { toFault } from '../../bridge/fault';
import { connectionsQuery } from '../../bridge/query';
import type { MailReader, Person } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { Dialog } from '../../ui/Dialog';
import { RadioList } from '../../ui/RadioList';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { paceOf, paces } from './mail';
import styles from './mail.module.css';
import { useMailCalls } from './useMailCalls';

interface ReaderFormProps {
  reader: MailReader;
  people: Person[];
  onClose: () => void;
}

/** Who gets alerts, how often, and about which apps. */
export function ReaderForm({ reader, people, onClose }: ReaderFormProps) {
  const { t } = useTranslation();
  const form = useId();
  const { keep } = useMailCalls();
  const [draft, setDraft] = useState(reader);
  const [some, setSome] = useState(reader.apps.length > 0);
  const change = (part: Partial<MailReader>) => setDraft({ ...draft, ...part });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    keep.mutate({ ...draft, apps: some ? draft.apps : [] }, { onSuccess: onClose });
  };
  const footer = (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button
        type="submit"
        form={form}
        look="primary"
        isPending={keep.isPending}
        isDisabled={some && draft.apps.length === 0}
      >
        {t('mail.keep')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('mail.readerTitle')} footer={footer}>
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <Who draft={draft} people={people} onChange={change} error={keep.error} />
        <RadioList
          label={t('mail.pace')}
          choices={paces.map((id) => ({
            id,
            label: t(`mail.paces.${id}`),
            help: t(`mail.pacesHelp.${id}`),
          }))}
          value={paceOf(draft.pace)}
          onChange={(pace) => change({ pace })}
        />
        <RadioList
          label={t('mail.about')}
          choices={[
            { id: 'all', label: t('mail.allApps') },
            { id: 'some', label: t('mail.someApps') },
          ]}
          value={some ? 'some' : 'all'}
          onChange={(id) => setSome(id === 'some')}
        />
        {some && <Apps chosen={draft.apps} onChange={(apps) => change({ apps })} />}
      </form>
    </Dialog>
  );
}

interface WhoProps {
  draft: MailReader;
  people: Person[];
  onChange: (part: Partial<MailReader>) => void;
  error: Error | null;
}

function Who({ draft, people, onChange, error }: WhoProps) {
  const { t } = useTranslation();
  const person = people.find(({ email }) => email === draft.email);
  const fault = error ? toFault(error) : undefined;
  const wrong =
    fault && (fault.code === 'conflict' ? t('mail.wrong.twice') : t('mail.wrong.email'));
  const choose = (id: string) => {
    const chosen = people.find((each) => each.id === id);
    onChange({ name: chosen?.name ?? '', email: chosen?.email ?? '' });
  };
  return (
    <>
      <Select
        label={t('mail.who')}
        value={person?.id ?? 'other'}
        onChange={choose}
        choices={[
          ...people.map(({ id, name, email }) => ({ id, label: `${name} (${email})` })),
          { id: 'other', label: t('mail.another') },
        ]}
      />
      {(!person || wrong) && (
        <TextField
          label={t('mail.email')}
          type="email"
          value={draft.email}
          onChange={(email) => onChange({ email, name: '' })}
          error={wrong}
        />
      )}
    </>
  );
}

interface AppsProps {
  chosen: string[];
  onChange: (slugs: string[]) => void;
}

function Apps({ chosen, onChange }: AppsProps) {
  const { t } = useTranslation();
  const connections = useQuery(connectionsQuery).data ?? [];
  const apps = new Map(connections.map((c) => [c.slug, c]));
  if (apps.size === 0) return <p className={styles.quiet}>{t('settings.mutedNone')}</p>;
  const toggle = (slug: string, on: boolean) =>
    onChange(on ? [...chosen, slug] : chosen.filter((each) => each !== slug));
  return (
    <div className={styles.apps} role="group" aria-label={t('mail.someApps')}>
      {[...apps.values()].map((c) => (
        <Checkbox
          key={c.slug}
          isSelected={chosen.includes(c.slug)}
          onChange={(on) => toggle(c.slug, on)}
        >
          <span className={styles.app}>
            <AppIcon icon={c.icon} name={c.app} size={24} /> {c.app}
          </span>
        </Checkbox>
      ))}
    </div>
  );
}
