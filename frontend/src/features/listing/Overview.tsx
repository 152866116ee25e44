import { Check } from 'lucide-react';
import { hostOf, openLink } from '../../bridge/openLink';
import type { Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Html } from '../../ui/Html';
import { OutsideLink } from '../../ui/Link';
import { Section } from '../../ui/Section';
import styles from './Overview.module.css';

/** What the app does, and its features. */
export function Overview({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  return (
    <Section id="overview" title={t('listing.overview')}>
      <div lang={listing.describedIn}>
        <Html html={listing.descriptionHTML} onLink={openLink} />
      </div>
      {listing.features.length > 0 && <h3 className={styles.title}>{t('listing.features')}</h3>}
      <ul className={styles.features} lang={listing.describedIn}>
        {listing.features.map((feature) => (
          <li key={feature} className={styles.feature} data-content>
            <Check className={styles.tick} aria-hidden="true" />
            {feature}
          </li>
        ))}
      </ul>
      {listing.demoVideo && (
        <p>
          <OutsideLink onOpen={() => openLink(listing.demoVideo)} host={hostOf(listing.demoVideo)}>
            {t('listing.demoVideo')}
          </OutsideLink>
        </p>
      )}
    </Section>
  );
}
