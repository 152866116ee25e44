import { hostOf, openLink } from '../../bridge/openLink';
import type { Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { OutsideLink } from '../../ui/Link';
import { Section } from '../../ui/Section';
import styles from './Aside.module.css';

/** Whose privacy terms hold, and where they stand. */
export function PrivacySection({ privacy }: { privacy: Listing['privacy'] }) {
  const { t } = useTranslation();
  const links = [
    { label: t('listing.policy'), url: privacy.policy },
    { label: t('listing.dataProcessing'), url: privacy.dataProcessing },
  ].filter((link) => link.url !== '');
  return (
    <Section id="privacy" title={t('listing.privacy')}>
      <p>{t(privacy.marketplaceTerms ? 'listing.marketplaceTerms' : 'listing.publisherTerms')}</p>
      <ul className={styles.links}>
        {links.map((link) => (
          <li key={link.label}>
            <OutsideLink onOpen={() => openLink(link.url)} host={hostOf(link.url)}>
              {link.label}
            </OutsideLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
