import { MailPlus } from 'lucide-react';
import { useState } from 'react';
import type { MailServer } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { Group, Row, Wide } from './Group';
import { MailServerForm } from './MailServerForm';
import { MailTestDialog } from './MailTestDialog';
import { problemOf, securityOf } from './mail';
import { Problem } from './Problem';
import { useMailCalls } from './useMailCalls';

export interface MailServerProps {
  server: MailServer;
  /** The person's own address. */
  email: string;
  may: boolean;
}

type Asked = '' | 'form' | 'test' | 'remove';

/** The mail server: set it up, try it, change it, remove it. */
export function MailServerGroup({ server, email, may }: MailServerProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>('');
  const close = () => setAsked('');
  return (
    <Group title={t('mail.server')}>
      {server.known ? (
        <Known server={server} may={may} onAsk={setAsked} />
      ) : (
        <EmptyState
          icon={<MailPlus size={20} />}
          title={t('mail.noneTitle')}
          action={
            <Button look="primary" isDisabled={!may} onPress={() => setAsked('form')}>
              {t('mail.setUp')}
            </Button>
          }
        >
          {t('mail.noneBody')}
        </EmptyState>
      )}
      {asked === 'form' && <MailServerForm server={server} email={email} onClose={close} />}
      {asked === 'test' && <MailTestDialog email={email} onClose={close} />}
      <AskRemove isOpen={asked === 'remove'} onClose={close} />
    </Group>
  );
}

interface KnownProps {
  server: MailServer;
  may: boolean;
  onAsk: (what: Asked) => void;
}

function Known({ server, may, onAsk }: KnownProps) {
  const { t } = useTranslation();
  const from = server.fromName ? `${server.fromName} <${server.fromEmail}>` : server.fromEmail;
  const security = t(`mail.securityWord.${securityOf(server.security)}`);
  return (
    <>
      <Row
        title={`${server.host}:${server.port}`}
        note={[security, t('mail.sentFrom', { from })].join(' · ')}
      >
        <Button size="small" isDisabled={!may} onPress={() => onAsk('test')}>
          {t('mail.sendTest')}
        </Button>
        <Button size="small" isDisabled={!may} onPress={() => onAsk('form')}>
          {t('mail.change')}
        </Button>
        <Button size="small" look="quiet" isDisabled={!may} onPress={() => onAsk('remove')}>
          {t('mail.remove')}
        </Button>
      </Row>
      {server.problem && (
        <Wide>
          <Problem problem={problemOf(server.problem)} said={server.said} />
        </Wide>
      )}
    </>
  );
}

function AskRemove({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { remove } = useMailCalls();
  const footer = (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button
        look="danger"
        isPending={remove.isPending}
        onPress={() => remove.mutate(undefined, { onSuccess: onClose })}
      >
        {t('mail.removeConfirm')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('mail.removeTitle')} footer={footer}>
      <p>{t('mail.removeBody')}</p>
    </Dialog>
  );
}
