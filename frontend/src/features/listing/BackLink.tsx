import { ChevronLeft } from 'lucide-react';
import { useTranslation } from '../../texts/useTranslation';
import styles from './BackLink.module.css';

/** The way back to Discover, above what was found there. */
export function BackLink() {
  const { t } = useTranslation();
  return (
    <a href="#/discover" className={styles.back}>
      <ChevronLeft aria-hidden="true" />
      {t('listing.toDiscover')}
    </a>
  );
}
