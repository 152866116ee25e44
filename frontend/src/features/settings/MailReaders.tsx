import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { connectionsQuery, mailReadersQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Account, MailReader } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { Group, Row } from './Group';
import { paceOf } from './mail';
import { ReaderForm } from './ReaderForm';
import { useMailCalls } from './useMailCalls';

/** Who gets alerts by e-mail, how often, and about which apps. */
export function MailReaders({ account, may }: { account: Account; may: boolean }) {
  const { t } = useTranslation();
  const readers = useQuery(mailReadersQuery).data ?? [];
  const [edited, setEdited] = useState<MailReader | null>(null);
  const next = account.people.find((person) => readers.every((r) => r.email !== person.email));
  const add = () =>
    setEdited({
      id: '',
      name: next?.name ?? '',
      email: next?.email ?? '',
      pace: 'immediate',
      apps: [],
      nextAt: 0,
    });
  return (
    <Group title={t('mail.readers')}>
      {readers.map((reader) => (
        <ReaderRow key={reader.id} reader={reader} may={may} onEdit={() => setEdited(reader)} />
      ))}
      <Row
        title={readers.length === 0 ? t('mail.noReaders') : t('mail.addTitle')}
        note={t('mail.addNote')}
      >
        <Button size="small" icon={<Plus />} isDisabled={!may} onPress={add}>
          {t('mail.add')}
        </Button>
      </Row>
      {edited && (
        <ReaderForm reader={edited} people={account.people} onClose={() => setEdited(null)} />
      )}
    </Group>
  );
}

interface ReaderRowProps {
  reader: MailReader;
  may: boolean;
  onEdit: () => void;
}

function ReaderRow({ reader, may, onEdit }: ReaderRowProps) {
  const { t } = useTranslation();
  const { forget } = useMailCalls();
  const connections = useQuery(connectionsQuery).data ?? [];
  const nameOf = (slug: string) => connections.find((c) => c.slug === slug)?.app ?? slug;
  const about = reader.apps.length === 0 ? t('mail.allApps') : reader.apps.map(nameOf).join(', ');
  const who = reader.name || reader.email;
  return (
    <Row
      title={who}
      note={[reader.name && reader.email, t(`mail.paces.${paceOf(reader.pace)}`), about]
        .filter(Boolean)
        .join(' · ')}
    >
      <Button
        size="small"
        isDisabled={!may}
        onPress={onEdit}
        aria-label={t('mail.changeName', { name: who })}
      >
        {t('mail.change')}
      </Button>
      <IconButton
        label={t('mail.forget', { name: who })}
        isDisabled={!may}
        onPress={() => forget.mutate(reader.id, { onError: report })}
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
    </Row>
  );
}
