import type { ReactNode } from 'react';
import type { Listing } from '../../bridge/types';
import { formatHash } from '../../lib/hash';
import { inRow, languageName, plain, titled } from '../../lib/names';
import type en from '../../texts/en.json';
import { useTranslation } from '../../texts/useTranslation';
import { PlaceLink } from '../../ui/Link';
import { Pairs, Section } from '../../ui/Section';
import { useDay } from './useDay';

/** The rest of what is known about the app, each only where it is known. */
export function Facts({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  return (
    <Section id="facts" title={t('listing.facts')}>
      <Pairs pairs={useFacts(listing)} />
    </Section>
  );
}

function useFacts(listing: Listing): [string, ReactNode][] {
  const { t, language } = useTranslation();
  const day = useDay();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const languages = listing.languages.map((code) => languageName(code, language));
  const rating = t('listing.ratingOf', {
    rating: number.format(listing.rating),
    count: listing.ratings,
  });
  const facts: [string, ReactNode, boolean][] = [
    [t('listing.categories'), <Categories key="c" ids={listing.card.categories} />, true],
    [
      t('listing.worksWith'),
      <Apps key="w" slugs={listing.worksWith} />,
      listing.worksWith.length > 0,
    ],
    [t('listing.languages'), inRow(languages, language), languages.length > 0],
    [t('listing.installs'), number.format(listing.installs), listing.installs > 0],
    [t('listing.rating'), rating, listing.ratings > 0],
    [t('listing.certifiedSince'), day(listing.certifiedSince), day(listing.certifiedSince) !== ''],
    [t('listing.published'), day(listing.firstPublished), day(listing.firstPublished) !== ''],
    [t('listing.version'), listing.version, listing.version !== ''],
  ];
  return facts.filter(([, , known]) => known).map(([name, value]) => [name, value]);
}

function Categories({ ids }: { ids: string[] }) {
  const { t } = useTranslation();
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <PlaceLink to={formatHash(['discover'], new URLSearchParams({ category: id }))}>
        {t(`category.${id as keyof typeof en.category}`, { defaultValue: plain(id) })}
      </PlaceLink>
    </span>
  ));
}

function Apps({ slugs }: { slugs: string[] }) {
  return slugs.map((slug, index) => (
    <span key={slug}>
      {index > 0 && ', '}
      <PlaceLink to={formatHash(['apps', slug])}>{titled(slug)}</PlaceLink>
    </span>
  ));
}
