import { useId } from 'react';
import type { Card, InstallState } from '../../bridge/types';
import { formatHash } from '../../lib/hash';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { PlaceLink } from '../../ui/Link';
import styles from './InstallButton.module.css';
import { canStart, noteOf } from './install';

export interface InstallButtonProps {
  card: Card;
  install: InstallState;
  onInstall: (slug: string) => void;
}

/** Install app, or why not now in one visible sentence. */
export function InstallButton({ card, install, onInstall }: InstallButtonProps) {
  const { t } = useTranslation();
  const noteID = useId();
  const note = noteOf(install);
  return (
    <div className={styles.install}>
      <Button
        look="primary"
        size="large"
        isDisabled={!canStart(install)}
        aria-describedby={note ? noteID : undefined}
        onPress={() => onInstall(card.slug)}
      >
        {t('listing.install')}
      </Button>
      {note && (
        <p id={noteID} className={styles.note}>
          {t(`listing.installNote.${note}`)}
        </p>
      )}
      <ToConnections install={install} />
    </div>
  );
}

function ToConnections({ install }: { install: InstallState }) {
  const { t } = useTranslation();
  const [only, ...others] = install.connections;
  if (!only) return null;
  if (others.length > 0) {
    return <PlaceLink to="#/connected/all">{t('listing.openConnections')}</PlaceLink>;
  }
  return (
    <PlaceLink to={formatHash(['connected', 'c', only])}>{t('listing.openConnection')}</PlaceLink>
  );
}
