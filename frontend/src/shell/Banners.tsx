import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { system } from '../bridge/api';
import { statusQuery } from '../bridge/query';
import { report } from '../bridge/report';
import type { Notice, Status } from '../bridge/types';
import { useTranslation } from '../texts/useTranslation';
import { Banner, type BannerTone } from '../ui/Banner';
import { Button } from '../ui/Button';
import styles from './Banners.module.css';

const NewKeyDialog = lazy(() => import('./NewKeyDialog'));

/** What holds for the whole window: no network, no keychain, something happened to the data. */
export function Banners({ status }: { status: Status }) {
  const { t } = useTranslation();
  // Without a session bus there is no keychain either: one cause, one sentence.
  const noBus = status.notices.some((notice) => notice.kind === 'no_session_bus');
  const trouble = noBus ? undefined : keychainTrouble(status.keychain.state);
  if (!status.offline && !trouble && status.notices.length === 0) return null;
  return (
    <div className={styles.banners}>
      {status.offline && (
        <Banner tone="offline" title={t('shell.offline.title')}>
          {t('shell.offline.body')}
        </Banner>
      )}
      {trouble && <KeychainBanner state={trouble} />}
      {status.notices.map((notice) => (
        <NoticeBanner key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const troubles = ['absent', 'locked', 'key_lost'] as const;
type Trouble = (typeof troubles)[number];

function keychainTrouble(state: string): Trouble | undefined {
  return troubles.find((trouble) => trouble === state);
}

function KeychainBanner({ state }: { state: Trouble }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const onSuccess = (status: Status) => client.setQueryData(statusQuery.queryKey, status);
  const retry = useMutation({
    mutationFn: () => system.RetryKeychain(),
    onSuccess,
    onError: report,
  });
  const renew = useMutation({ mutationFn: () => system.RenewKey(), onSuccess, onError: report });
  const action = (
    <>
      {state === 'key_lost' && (
        <Button size="small" isPending={renew.isPending} onPress={() => setAsking(true)}>
          {t('shell.keychain.newKey')}
        </Button>
      )}
      <Button size="small" isPending={retry.isPending} onPress={() => retry.mutate()}>
        {t(state === 'locked' ? 'shell.keychain.unlock' : 'common.tryAgain')}
      </Button>
    </>
  );
  const start = () => {
    setAsking(false);
    renew.mutate();
  };
  return (
    <>
      <Banner tone="warning" title={t(`shell.keychain.${state}.title`)} action={action}>
        {t(`shell.keychain.${state}.body`)}
      </Banner>
      <Suspense>
        {asking && <NewKeyDialog onStart={start} onClose={() => setAsking(false)} />}
      </Suspense>
    </>
  );
}

const tones = {
  workspace_restored: 'warning',
  workspace_lost: 'critical',
  catalogue_rebuilt: 'info',
  sandbox_port: 'warning',
  notifications_off: 'info',
  no_session_bus: 'warning',
  data_folder_synced: 'warning',
  other: 'info',
} satisfies Record<string, BannerTone>;

function kindOf(notice: Notice): keyof typeof tones {
  return notice.kind in tones ? (notice.kind as keyof typeof tones) : 'other';
}

/** A time in ISO 8601 as people write it; as it came when it is none. */
function moment(iso: string, language: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
}

function NoticeBanner({ notice }: { notice: Notice }) {
  const { t, language } = useTranslation();
  const client = useQueryClient();
  const kind = kindOf(notice);
  const subject = kind === 'workspace_restored' ? moment(notice.subject, language) : notice.subject;
  const dismiss = useMutation({
    mutationFn: () => system.DismissNotice(notice.id),
    onSuccess: () => client.invalidateQueries({ queryKey: statusQuery.queryKey }),
    onError: report,
  });
  return (
    <Banner
      tone={tones[kind]}
      onDismiss={() => dismiss.mutate()}
      dismissLabel={t('common.dismiss')}
    >
      {t(`shell.notice.${kind}`, { subject })}
    </Banner>
  );
}
