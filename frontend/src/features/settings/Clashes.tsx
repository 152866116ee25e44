import { useState } from 'react';
import type { Clashes as ClashesData } from '../../bridge/types';
import { formatHash } from '../../lib/hash';
import { titled } from '../../lib/names';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { PlaceLink } from '../../ui/Link';
import { Row } from './Group';
import styles from './SetAside.module.css';

/** How many apps more than one feed has, and which feed's listing of each is shown. */
export function Clashes({ clashes }: { clashes: ClashesData }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const unnamed = clashes.total - clashes.shown.length;
  return (
    <Row title={t('settings.clashes', { count: clashes.total })} note={t('settings.clashesNote')}>
      <Button size="small" onPress={() => setOpen(true)}>
        {t('settings.clashesSee')}
      </Button>
      <Dialog
        isOpen={open}
        onClose={close}
        dismissable
        title={t('settings.clashesTitle')}
        footer={<Button onPress={close}>{t('common.close')}</Button>}
      >
        <p>{t('settings.clashesHelp')}</p>
        <ul className={styles.list}>
          {clashes.shown.map(({ slug, feeds: [first, ...others] }) => (
            <li key={slug}>
              <PlaceLink to={formatHash(['apps', slug])}>{titled(slug)}</PlaceLink>
              <p className={styles.reasons} data-content>
                {t('settings.clash', {
                  shown: first?.name,
                  others: others.map(({ name }) => name).join(', '),
                })}
              </p>
            </li>
          ))}
        </ul>
        {unnamed > 0 && <p>{t('settings.clashesMore', { count: unnamed })}</p>}
      </Dialog>
    </Row>
  );
}
