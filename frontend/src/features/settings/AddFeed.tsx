import { type SyntheticEvent, useState } from 'react';
import { toFault } from '../../bridge/fault';
import type { Feed } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/TextField';
import { showToast } from '../../ui/toast';
import styles from './AddFeed.module.css';
import { isFeedUrl } from './feedUrl';
import { SyncProgress } from './SyncProgress';
import { useFeedCalls } from './useFeedCalls';

/** A form for one more feed. It is fetched and checked before it counts. */
export function AddFeed({ feeds }: { feeds: Feed[] }) {
  const { t } = useTranslation();
  const textOf = useFaultText();
  const { add } = useFeedCalls();
  const [url, setUrl] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setWrong(!isFeedUrl(url));
    if (isFeedUrl(url)) add.mutate(url.trim(), { onSuccess: done });
  };
  const done = (feed: { name: string }) => {
    setUrl('');
    showToast({ title: t('settings.feedAdded', { name: feed.name }) });
  };
  const blamed = add.error && toFault(add.error).field === 'url';
  const fault = add.error && !blamed ? textOf(add.error) : undefined;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.line}>
        <TextField
          label={t('settings.feedUrl')}
          help={t('settings.feedUrlHelp')}
          type="url"
          code
          placeholder="https://example.com/apps.json"
          value={url}
          onChange={setUrl}
          error={(wrong && !isFeedUrl(url)) || blamed ? t('settings.feedUrlWrong') : undefined}
          isDisabled={add.isPending}
        />
        <Button type="submit" isPending={add.isPending}>
          {t('settings.feedAdd')}
        </Button>
      </div>
      {add.isPending && (
        <SyncProgress
          of={(id) => !feeds.some((feed) => feed.id === id)}
          label={t('settings.feedAdding')}
          isPending
        />
      )}
      {fault && (
        <Banner tone="warning" title={fault.title}>
          {fault.body}
        </Banner>
      )}
    </form>
  );
}
