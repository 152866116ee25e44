import { hostOf } from '../../bridge/openLink';
import type { Listing, Plan } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { priceOf } from './price';
import { usePriceWord } from './usePriceWord';

/** One thing by which listings are compared. */
export interface CompareRow {
  name: string;
  /** What a listing has of it, one line each; none when nothing is given. */
  lines: (listing: Listing) => string[];
}

const arrows: Record<string, string> = { to_app: '→', from_app: '←', both: '↔' };

/** What stands side by side: features, pricing, permissions, shared data, privacy. */
export function useCompareRows(): CompareRow[] {
  const { t } = useTranslation();
  const word = usePriceWord();
  const price = usePlanLine();
  return [
    { name: t('listing.comparePublisher'), lines: ({ card }) => [card.publisher] },
    { name: t('listing.overview'), lines: ({ card }) => [card.tagline] },
    { name: t('listing.features'), lines: (listing) => listing.features },
    {
      name: t('listing.pricing'),
      lines: ({ pricing }) => [word(pricing.model), ...pricing.plans.map(price)],
    },
    {
      name: t('listing.permissions'),
      lines: ({ permissions }) => permissions.map((each) => each.reason || each.scope),
    },
    {
      name: t('listing.sharedData'),
      lines: ({ sharedData }) =>
        sharedData.map((row) =>
          [row.accountObject, arrows[row.direction] ?? '↔', row.appObject].join(' '),
        ),
    },
    {
      name: t('listing.privacy'),
      lines: ({ privacy }) => [
        t(privacy.marketplaceTerms ? 'listing.marketplaceTerms' : 'listing.publisherTerms'),
        privacy.policy && hostOf(privacy.policy),
      ],
    },
  ];
}

function usePlanLine(): (plan: Plan) => string {
  const { t, language } = useTranslation();
  return (plan) => {
    const price = priceOf(plan, 'monthly', language);
    if (price.kind === 'none') return plan.name;
    const text = price.kind === 'free' ? t('listing.planFree') : price.text;
    return `${plan.name}: ${price.kind === 'free' ? text : t('listing.perMonth', { price: text })}`;
  };
}
