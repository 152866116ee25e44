import { useQuery } from '@tanstack/react-query';
import { catalogue } from '../../bridge/api';
import type { Listing } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { Alike } from './Alike';
import { Aside } from './Aside';
import { BackLink } from './BackLink';
import { Connecting } from './Connecting';
import { Consents } from './Consents';
import { Hero } from './Hero';
import styles from './ListingPage.module.css';
import { Overview } from './Overview';
import { Permissions } from './Permissions';
import { PricingSection } from './PricingSection';
import { Requirements } from './Requirements';
import { SectionNav } from './SectionNav';
import { SharedDataSection } from './SharedDataSection';
import { Shots } from './Shots';
import { Workflows } from './Workflows';

export interface ListingPageProps {
  slug: string;
  /** Starts the installation; the page learns of its end by events. */
  onInstall: (slug: string) => void;
}

/** The page of one listing: all that is needed to decide, and the button that installs. */
export default function ListingPage({ slug, onInstall }: ListingPageProps) {
  const { t } = useTranslation();
  const textOf = useFaultText();
  const listing = useQuery({
    queryKey: ['catalogue', 'listing', slug],
    queryFn: () => catalogue.Listing(slug),
  });
  return (
    <div className={styles.page}>
      <BackLink />
      {listing.isPending && <Skeleton label={t('common.loading')} rows={8} />}
      {listing.isError && (
        <Trouble
          {...textOf(listing.error)}
          level={1}
          onRetry={listing.refetch}
          retryLabel={t('common.tryAgain')}
        />
      )}
      {listing.data && <Loaded listing={listing.data} onInstall={onInstall} />}
    </div>
  );
}

function Loaded({ listing, onInstall }: { listing: Listing; onInstall: (slug: string) => void }) {
  return (
    <article className={styles.listing} aria-labelledby="listing-name">
      <Alike listing={listing} />
      <Hero listing={listing} onInstall={onInstall} />
      <Consents listing={listing} />
      <SectionNav listing={listing} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Overview listing={listing} />
          <Shots listing={listing} />
          <PricingSection listing={listing} />
          <SharedDataSection listing={listing} />
          <Permissions listing={listing} />
          <Workflows listing={listing} />
          <Requirements listing={listing} />
          <Connecting listing={listing} />
        </div>
        <Aside listing={listing} />
      </div>
    </article>
  );
}
