import type { Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import styles from './SectionNav.module.css';
import { sectionsOf } from './sections';
import { useSectionInView } from './useSectionInView';

/** Leads to the parts of the page that this listing has. */
export function SectionNav({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const sections = sectionsOf(listing);
  const current = useSectionInView(sections);
  return (
    <nav className={styles.nav} aria-label={t('listing.sections')}>
      <ul className={styles.list}>
        {sections.map((section) => (
          <li
            key={section}
            className={styles.item}
            aria-current={section === current ? 'location' : undefined}
          >
            <Button look="quiet" size="small" onPress={() => show(section)}>
              {t(`listing.${section}`)}
            </Button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function show(section: string): void {
  const element = document.getElementById(section);
  element?.scrollIntoView({ block: 'start' });
}
