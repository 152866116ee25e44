import type { Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { mistakenFor } from './trustRules';

/** Warns, before anything else, of a name that is nearly that of a connected app. */
export function Alike({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const name = mistakenFor(listing.trust);
  if (name === undefined) return null;
  return (
    <Banner tone="warning" title={t('listing.alike', { name })} announce={false}>
      {t('listing.alikeLead', { publisher: listing.card.publisher })}
    </Banner>
  );
}
