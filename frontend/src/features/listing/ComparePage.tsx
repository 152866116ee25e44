import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Columns3, X } from 'lucide-react';
import { catalogue } from '../../bridge/api';
import type { Listing } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { formatHash } from '../../lib/hash';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { PlaceLink } from '../../ui/Link';
import { PageHeader } from '../../ui/PageHeader';
import { goTo, placeNow, usePlace } from '../../ui/place';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { BackLink } from './BackLink';
import styles from './ComparePage.module.css';
import { useCompareRows } from './useCompareRows';

/** Up to three listings side by side. Which ones is in the address. */
export default function ComparePage() {
  const { t } = useTranslation();
  const slugs = usePlace().params.getAll('app').slice(0, 3);
  const textOf = useFaultText();
  const compared = useQuery({
    queryKey: ['catalogue', 'compare', slugs],
    queryFn: () => catalogue.Compare(slugs),
    enabled: slugs.length > 0,
    placeholderData: keepPreviousData,
  });
  const listings = compared.data?.filter(({ card }) => slugs.includes(card.slug)) ?? [];
  return (
    <div className={styles.page}>
      {slugs.length > 0 && <BackLink />}
      <PageHeader title={t('listing.compareTitle')} />
      {slugs.length === 0 && <Nothing />}
      {compared.isLoading && <Skeleton label={t('common.loading')} rows={8} />}
      {compared.isError && (
        <Trouble
          {...textOf(compared.error)}
          onRetry={compared.refetch}
          retryLabel={t('common.tryAgain')}
        />
      )}
      {listings.length > 0 && <Table listings={listings} />}
    </div>
  );
}

function leaveOut(slug: string): void {
  const others = placeNow()
    .params.getAll('app')
    .filter((each) => each !== slug);
  goTo(['compare'], new URLSearchParams(others.map((each) => ['app', each])));
}

function Nothing() {
  const { t } = useTranslation();
  const action = <PlaceLink to="#/discover">{t('listing.toDiscover')}</PlaceLink>;
  return (
    <EmptyState icon={<Columns3 size={20} />} title={t('listing.compareTitle')} action={action}>
      {t('listing.compareNone')}
    </EmptyState>
  );
}

function Table({ listings }: { listings: Listing[] }) {
  const { t } = useTranslation();
  const rows = useCompareRows();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('listing.compareProperty')}</span>
          </th>
          {listings.map(({ card }) => (
            <th key={card.slug} scope="col">
              <span className={styles.app}>
                <AppIcon icon={card.icon} name={card.name} size={24} />
                <PlaceLink to={formatHash(['apps', card.slug])}>{card.name}</PlaceLink>
                <IconButton
                  size="small"
                  label={t('discover.compareRemove', { name: card.name })}
                  onPress={() => leaveOut(card.slug)}
                >
                  <X aria-hidden="true" />
                </IconButton>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            {listings.map((listing) => (
              <td key={listing.card.slug} data-content>
                <Cell lines={row.lines(listing)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ lines }: { lines: string[] }) {
  const { t } = useTranslation();
  const given = lines.filter((line) => line !== '');
  if (given.length === 0) return <span className={styles.none}>{t('listing.nothing')}</span>;
  return (
    <ul className={styles.lines}>
      {given.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
