import { ArrowUpToLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { codes } from '../../bridge/fault';
import type { Feed } from '../../bridge/types';
import { usePrefer } from '../../bridge/usePrefer';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { IconButton } from '../../ui/IconButton';
import { Pill } from '../../ui/Pill';
import styles from './FeedRow.module.css';
import { Row } from './Group';
import { SetAside } from './SetAside';
import { SyncProgress } from './SyncProgress';
import { useFeedCalls } from './useFeedCalls';

interface FeedRowProps {
  feed: Feed;
  /** It shares apps with feeds, and others come before it. */
  canBePreferred: boolean;
}

/** One feed: how old it is, what went wrong last, Sync, Prefer and Remove. */
export function FeedRow({ feed, canBePreferred }: FeedRowProps) {
  const { t } = useTranslation();
  const { sync } = useFeedCalls();
  const prefer = usePrefer();
  const [asking, setAsking] = useState(false);
  const outside = feed.kind === 'https';
  return (
    <Row title={nameOf(feed)} note={<Notes feed={feed} />}>
      <div className={styles.actions}>
        {!outside && <Pill>{t('settings.feedBuiltIn')}</Pill>}
        {feed.setAside > 0 && <SetAside feed={feed} />}
        <Button
          size="small"
          isPending={sync.isPending}
          onPress={() => sync.mutate(feed.id)}
          aria-label={t('settings.feedSyncName', { name: nameOf(feed) })}
        >
          {t('settings.feedSync')}
        </Button>
        {canBePreferred && (
          <IconButton
            label={t('settings.feedPrefer', { name: nameOf(feed) })}
            isDisabled={prefer.isPending}
            onPress={() => prefer.mutate(feed.id)}
          >
            <ArrowUpToLine aria-hidden="true" />
          </IconButton>
        )}
        {outside && (
          <IconButton
            label={t('settings.feedRemove', { name: nameOf(feed) })}
            onPress={() => setAsking(true)}
          >
            <Trash2 aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <AskRemove feed={feed} isOpen={asking} onClose={() => setAsking(false)} />
    </Row>
  );
}

/** What a feed is called; one that was never fetched has told no name yet. */
function nameOf({ name, url }: Feed): string {
  return name || (URL.parse(url)?.host ?? url);
}

function Notes({ feed }: { feed: Feed }) {
  const { t, language } = useTranslation();
  const parts = [
    t('settings.feedListings', { count: feed.listings }),
    feed.syncedAt
      ? t('settings.feedSynced', { ago: ago(feed.syncedAt, language) })
      : t('settings.feedNever'),
  ];
  if (feed.setAside > 0) parts.push(t('settings.feedSetAside', { count: feed.setAside }));
  return (
    <>
      {feed.url && <code className={styles.address}>{feed.url}</code>}
      {parts.join(' · ')}
      <LastTry feed={feed} />
      <SyncProgress
        of={(id) => id === feed.id}
        label={t('settings.feedSyncing', { name: nameOf(feed) })}
      />
    </>
  );
}

function LastTry({ feed }: { feed: Feed }) {
  const { t, language } = useTranslation();
  const code = codes.find((known) => known === feed.code);
  if (!code) return null;
  const tried = t('settings.feedTried', { ago: ago(feed.triedAt, language) });
  return (
    <p className={styles.trouble}>
      {t(`fault.${code}.title`)} ({tried}). {t(`fault.${code}.body`)}
    </p>
  );
}

interface AskRemoveProps {
  feed: Feed;
  isOpen: boolean;
  onClose: () => void;
}

function AskRemove({ feed, isOpen, onClose }: AskRemoveProps) {
  const { t } = useTranslation();
  const { remove } = useFeedCalls();
  const footer = (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button
        look="danger"
        isPending={remove.isPending}
        onPress={() => remove.mutate(feed.id, { onSuccess: onClose })}
      >
        {t('settings.feedRemoveConfirm')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('settings.feedRemoveTitle')} footer={footer}>
      <p>{t('settings.feedRemoveBody', { name: nameOf(feed) })}</p>
    </Dialog>
  );
}
