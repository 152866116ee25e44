import { useTranslation } from 'react-i18next';
import type { Listing } from '../../bridge/types';
import { Button } from '../../ui/Button';
import styles from './SectionNav.module.css';
import { sectionsOf } from './sections';

/** Leads to the parts of the page that this listing has. */
export function SectionNav({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.nav} aria-label={t('listing.sections')}>
      {sectionsOf(listing).map((section) => (
        <Button key={section} look="quiet" size="small" onPress={() => show(section)}>
          {t(`listing.${section}`)}
        </Button>
      ))}
    </nav>
  );
}

function show(section: string): void {
  const element = document.getElementById(section);
  element?.scrollIntoView({ block: 'start' });
}
