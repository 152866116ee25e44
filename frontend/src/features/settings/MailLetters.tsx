import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleHelp, Clock } from 'lucide-react';
import { useState } from 'react';
import { mailLettersQuery } from '../../bridge/query';
import type { Letter } from '../../bridge/types';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { StateBadge, type Tone } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Group, Row } from './Group';
import { problemOf } from './mail';
import styles from './mail.module.css';
import { useMailCalls } from './useMailCalls';

/** The newest e-mails and how far each has come; what needs a decision can be decided. */
export function MailLetters({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const letters = useQuery(mailLettersQuery).data ?? [];
  const [read, setRead] = useState<Letter | null>(null);
  if (letters.length === 0) return null;
  return (
    <Group title={t('mail.letters')}>
      {letters.map((letter) => (
        <LetterRow key={letter.id} letter={letter} may={may} onRead={() => setRead(letter)} />
      ))}
      {read && (
        <Dialog isOpen dismissable onClose={() => setRead(null)} title={read.subject}>
          <p className={styles.quiet}>{t('mail.sentTo', { email: read.to })}</p>
          <pre className={styles.letter} data-content>
            {read.body}
          </pre>
        </Dialog>
      )}
    </Group>
  );
}

const looks = {
  waiting: { tone: 'busy', icon: <Clock size={14} /> },
  sending: { tone: 'busy', icon: <Clock size={14} /> },
  sent: { tone: 'good', icon: <CircleCheck size={14} /> },
  failed: { tone: 'critical', icon: <CircleAlert size={14} /> },
  unknown: { tone: 'warning', icon: <CircleHelp size={14} /> },
} as const satisfies Record<string, { tone: Tone; icon: React.ReactNode }>;

type State = keyof typeof looks;
const stateOf = (letter: Letter): State =>
  (Object.keys(looks) as State[]).find((known) => known === letter.state) ?? 'unknown';

interface LetterRowProps {
  letter: Letter;
  may: boolean;
  onRead: () => void;
}

function LetterRow({ letter, may, onRead }: LetterRowProps) {
  const { t, language } = useTranslation();
  const { again, discard } = useMailCalls();
  const state = stateOf(letter);
  const stuck = state === 'failed' || state === 'unknown';
  return (
    <Row
      title={letter.subject}
      note={
        <>
          {letter.to} · {ago(letter.since, language)}
          {letter.problem && <> · {t(`mail.problem.${problemOf(letter.problem)}`)}</>}
        </>
      }
    >
      <StateBadge tone={looks[state].tone} icon={looks[state].icon}>
        {t(`mail.states.${state}`)}
      </StateBadge>
      {stuck && (
        <>
          <Button size="small" isDisabled={!may} onPress={() => again.mutate(letter.id)}>
            {t('mail.again')}
          </Button>
          <Button
            size="small"
            look="quiet"
            isDisabled={!may}
            onPress={() => discard.mutate(letter.id)}
          >
            {t('mail.discard')}
          </Button>
        </>
      )}
      <Button size="small" look="quiet" onPress={onRead}>
        {t('mail.read')}
      </Button>
    </Row>
  );
}
