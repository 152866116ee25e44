import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { IconButton } from '../../ui/IconButton';
import { PictureButton } from '../../ui/PictureButton';
import { Section } from '../../ui/Section';
import styles from './Shots.module.css';

type Shot = Listing['screenshots'][number];

/** Screenshots side by side, each to be seen larger. They come from the window's own server. */
export function Shots({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number>();
  const shots = listing.screenshots;
  if (shots.length === 0) return null;
  return (
    <Section id="screenshots" title={t('listing.screenshots')}>
      <ul className={styles.shots}>
        {shots.map((shot, index) => (
          <li key={shot.url}>
            <PictureButton
              src={shot.url}
              label={t('listing.enlarge', { picture: shot.alt })}
              onPress={() => setOpen(index)}
            />
          </li>
        ))}
      </ul>
      <Large shots={shots} at={open} onGo={setOpen} />
    </Section>
  );
}

interface LargeProps {
  shots: Shot[];
  /** Which one is shown; none when closed. */
  at?: number | undefined;
  onGo: (at: number | undefined) => void;
}

function Large({ shots, at, onGo }: LargeProps) {
  const { t } = useTranslation();
  const shot = at === undefined ? undefined : shots[at];
  const close = () => onGo(undefined);
  // The last leads to the first: a button that goes dead would lose the focus.
  const turn = (by: number) => onGo(((at ?? 0) + by + shots.length) % shots.length);
  const footer = (
    <>
      {shots.length > 1 && (
        <div className={styles.turn}>
          <IconButton label={t('listing.previousPicture')} onPress={() => turn(-1)}>
            <ChevronLeft aria-hidden="true" />
          </IconButton>
          <IconButton label={t('listing.nextPicture')} onPress={() => turn(1)}>
            <ChevronRight aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <Button onPress={close}>{t('common.close')}</Button>
    </>
  );
  return (
    <Dialog
      isOpen={shot !== undefined}
      onClose={close}
      dismissable
      width="full"
      title={shot?.alt ?? ''}
      footer={footer}
    >
      {shot && <img src={shot.url} alt={shot.alt} className={styles.large} />}
    </Dialog>
  );
}
