import { openLink } from '../../bridge/openLink';
import type { Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import styles from './Aside.module.css';
import { Facts } from './Facts';
import { Feeds } from './Feeds';
import { PrivacySection } from './PrivacySection';
import { ResourcesSection } from './ResourcesSection';
import { Trust } from './Trust';

/** What stands beside the page: setup guide, trust, help, privacy and facts. */
export function Aside({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const guide = listing.resources.setupGuide;
  return (
    <div className={styles.aside}>
      {guide && <Button onPress={() => openLink(guide)}>{t('listing.setupGuide')}</Button>}
      <Feeds feeds={listing.feeds} />
      <Trust rules={listing.trust} />
      <ResourcesSection listing={listing} />
      <PrivacySection privacy={listing.privacy} />
      <Facts listing={listing} />
    </div>
  );
}
