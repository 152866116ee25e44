import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { system } from '../../bridge/api';
import { statusQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { showToast } from '../../ui/toast';
import { Group, Row } from './Group';

const states = ['ready', 'absent', 'locked', 'key_lost', 'checking'] as const;

/** Where the data is, and whether secrets can be kept. */
export function DataSection() {
  const { t } = useTranslation();
  const status = useQuery(statusQuery).data;
  if (!status) return null;
  const copy = async () => {
    try {
      await system.Copy(status.dataFolder);
      showToast({ title: t('settings.copied') });
    } catch (error) {
      report(error);
    }
  };
  return (
    <Group>
      <Row
        title={t('settings.folder')}
        note={
          <>
            <code data-content>{status.dataFolder}</code>
            <br />
            {t('settings.folderHelp')}
          </>
        }
      >
        <Button size="small" onPress={copy}>
          {t('settings.copy')}
        </Button>
      </Row>
      <KeychainRow state={status.keychain.state} />
    </Group>
  );
}

function KeychainRow({ state }: { state: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => system.RetryKeychain(),
    onSuccess: (status) => client.setQueryData(statusQuery.queryKey, status),
    onError: report,
  });
  const known = states.find((each) => each === state) ?? 'checking';
  return (
    <Row title={t('settings.keychain')} note={t(`settings.keychainState.${known}`)}>
      {known !== 'ready' && (
        <Button size="small" isPending={retry.isPending} onPress={() => retry.mutate()}>
          {t('common.tryAgain')}
        </Button>
      )}
    </Row>
  );
}
