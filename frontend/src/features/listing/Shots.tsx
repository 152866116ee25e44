import { useTranslation } from 'react-i18next';
import type { Listing } from '../../bridge/types';
import { Section } from '../../ui/Section';
import styles from './Shots.module.css';

/** Screenshots side by side. They come from the window's own server, never from outside. */
export function Shots({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const shots = listing.screenshots;
  if (shots.length === 0) return null;
  return (
    <Section id="screenshots" title={t('listing.screenshots')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className={styles.shots} tabIndex={0} aria-label={t('listing.screenshots')}>
        {shots.map((shot) => (
          <li key={shot.url}>
            <img className={styles.shot} src={shot.url} alt={shot.alt} loading="lazy" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
