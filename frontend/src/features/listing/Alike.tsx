import { useTranslation } from 'react-i18next';
import type { TrustRule } from '../../bridge/types';
import { Banner } from '../../ui/Banner';
import { mistakenFor } from './trustRules';

/** Warns, before anything else, of a name that is nearly that of a connected app. */
export function Alike({ trust }: { trust: TrustRule[] }) {
  const { t } = useTranslation();
  const name = mistakenFor(trust);
  if (name === undefined) return null;
  return (
    <Banner tone="warning" title={t('listing.alike', { name })} announce={false}>
      {t('listing.alikeLead')}
    </Banner>
  );
}
