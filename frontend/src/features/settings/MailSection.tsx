import { useQuery } from '@tanstack/react-query';
import { accountQuery, mailServerQuery } from '../../bridge/query';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { MailLetters } from './MailLetters';
import { MailReaders } from './MailReaders';
import { MailServerGroup } from './MailServerGroup';

/** The mail server, who gets alerts by e-mail, and what was sent. */
export function MailSection() {
  const { t } = useTranslation();
  const server = useQuery(mailServerQuery);
  const account = useQuery(accountQuery).data;
  const textOf = useFaultText();
  if (server.isError && !server.data) {
    return (
      <Trouble
        {...textOf(server.error)}
        onRetry={server.refetch}
        retryLabel={t('common.tryAgain')}
      />
    );
  }
  if (!server.data || !account) return <Skeleton label={t('common.loading')} />;
  const may = account.me.superAdmin;
  return (
    <>
      <p>{t('mail.help')}</p>
      {!may && <p>{t('settings.notAllowed')}</p>}
      <MailServerGroup server={server.data} email={account.me.email} may={may} />
      {server.data.known && <MailReaders account={account} may={may} />}
      {server.data.known && <MailLetters may={may} />}
    </>
  );
}
