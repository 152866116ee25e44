import { useState } from 'react';
import { openLink } from '../../bridge/openLink';
import type { Listing, Plan, Pricing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Pill } from '../../ui/Pill';
import { Section } from '../../ui/Section';
import { SegmentedControl } from '../../ui/SegmentedControl';
import styles from './PricingSection.module.css';
import { type Cycle, cyclesOf, priceOf } from './price';
import { useDay } from './useDay';
import { usePriceWord } from './usePriceWord';

/** What it costs. Every price is for one month, whichever way it is billed. */
export function PricingSection({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const { pricing } = listing;
  const cycles = cyclesOf(pricing);
  const [chosen, setChosen] = useState<Cycle>('monthly');
  const cycle = cycles.includes(chosen) ? chosen : (cycles[0] ?? 'monthly');
  const choices = cycles.map((id) => ({ id, label: t(`listing.${id}`) }));
  const billing = cycles.length > 1 && (
    <SegmentedControl
      label={t('listing.billing')}
      choices={choices}
      value={cycle}
      onChange={setChosen}
    />
  );
  return (
    <Section id="pricing" title={t('listing.pricing')} action={billing}>
      <Model pricing={pricing} />
      <Plans pricing={pricing} cycle={cycle} />
      {pricing.page && (
        <p>
          <Button onPress={() => openLink(pricing.page)}>{t('listing.allPricing')}</Button>
        </p>
      )}
    </Section>
  );
}

function Model({ pricing }: { pricing: Pricing }) {
  const { t } = useTranslation();
  const word = usePriceWord();
  const day = useDay();
  const date = day(pricing.checked);
  return (
    <p className={styles.model}>
      <Pill>{word(pricing.model)}</Pill>
      {pricing.page && (
        <span>{date ? t('listing.checkedOn', { date }) : t('listing.notChecked')}</span>
      )}
    </p>
  );
}

function Plans({ pricing, cycle }: { pricing: Pricing; cycle: Cycle }) {
  const { t } = useTranslation();
  if (pricing.plans.length === 0) {
    if (pricing.model === 'free') return null;
    return <p>{t(pricing.page ? 'listing.noPlans' : 'listing.noPrices')}</p>;
  }
  return (
    <ul className={styles.plans}>
      {pricing.plans.map((plan) => (
        <li key={plan.name} className={styles.plan}>
          <h3>{plan.name}</h3>
          <PriceLine plan={plan} cycle={cycle} />
          {plan.note && <p className={styles.quiet}>{plan.note}</p>}
          <ul className={styles.features}>
            {plan.features.map((feature) => (
              <li key={feature}>{feature}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function PriceLine({ plan, cycle }: { plan: Plan; cycle: Cycle }) {
  const { t, language } = useTranslation();
  const price = priceOf(plan, cycle, language);
  const billing = t(cycle === 'monthly' ? 'listing.billedMonthly' : 'listing.billedYearly');
  if (price.kind === 'none')
    return <p className={styles.quiet}>{t('listing.notOffered', { billing })}</p>;
  if (price.kind === 'free') return <p className={styles.price}>{t('listing.planFree')}</p>;
  return (
    <>
      <p className={styles.price} data-content>
        {t('listing.perMonth', { price: price.text })}
      </p>
      <p className={styles.quiet}>
        {billing}
        {price.saved && `, ${t('listing.saved', { percent: price.saved })}`}
      </p>
    </>
  );
}
