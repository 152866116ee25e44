import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { catalogue, system } from '../../bridge/api';
import type { Feed } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import styles from './SetAside.module.css';

/** Leads to why listings of a feed were not taken, for whoever can tell its publisher. */
export function SetAside({ feed }: { feed: Feed }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        {t('settings.setAsideWhy')}
      </Button>
      <Dialog
        isOpen={open}
        onClose={close}
        dismissable
        width="wide"
        title={t('settings.setAsideTitle', { name: feed.name || feed.url })}
        footer={<Button onPress={close}>{t('common.close')}</Button>}
      >
        <Reasons feed={feed} />
      </Dialog>
    </>
  );
}

function Reasons({ feed }: { feed: Feed }) {
  const { t } = useTranslation();
  const textOf = useFaultText();
  const away = useQuery({
    queryKey: ['feed', 'setAside', feed.id, feed.syncedAt],
    queryFn: () => catalogue.WhySetAside(feed.id),
  });
  if (away.isPending) return <Skeleton label={t('common.loading')} />;
  if (away.isError) {
    return (
      <Trouble {...textOf(away.error)} onRetry={away.refetch} retryLabel={t('common.tryAgain')} />
    );
  }
  const named = away.data.map(({ slug, reasons }, index) => ({
    id: String(index),
    name: slug || t('settings.setAsideNameless'),
    reasons,
  }));
  const all = () => named.map(({ name, reasons }) => [name, ...reasons].join('\n')).join('\n\n');
  return (
    <>
      <p>{t('settings.setAsideHelp')}</p>
      <ul className={styles.list} data-content>
        {named.map(({ id, name, reasons }) => (
          <li key={id}>
            <code>{name}</code>
            <ul className={styles.reasons}>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <CopyButton label={t('settings.setAsideCopy')} onCopy={() => system.Copy(all())} />
    </>
  );
}
