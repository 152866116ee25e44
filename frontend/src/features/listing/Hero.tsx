import { BadgeCheck } from 'lucide-react';
import type { Card, Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Badge } from '../../ui/Badge';
import styles from './Hero.module.css';
import { InstallButton } from './InstallButton';
import { usePriceWord } from './usePriceWord';

export interface HeroProps {
  listing: Listing;
  onInstall: (slug: string) => void;
}

/** Who the app is, and Install app at the top right. */
export function Hero({ listing, onInstall }: HeroProps) {
  const { card } = listing;
  return (
    <header className={styles.hero}>
      <AppIcon icon={card.icon} name={card.name} size={64} />
      <div className={styles.words}>
        <div className={styles.line}>
          <h1 id="listing-name" data-content>
            {card.name}
          </h1>
          <HeroBadges card={card} />
        </div>
        <Publisher card={card} price={listing.pricing.model} />
        <p className={styles.tagline} lang={card.language} data-content>
          {card.tagline}
        </p>
      </div>
      <InstallButton card={card} install={listing.install} onInstall={onInstall} />
    </header>
  );
}

function HeroBadges({ card }: { card: Card }) {
  const { t } = useTranslation();
  return (
    <>
      {card.sandbox && <Badge>{t('common.sandbox')}</Badge>}
      {card.certified && <Badge>{t('discover.certified')}</Badge>}
      {card.builtByUs && !card.sandbox && <Badge>{t('discover.builtByUs')}</Badge>}
    </>
  );
}

function Publisher({ card, price }: { card: Card; price: string }) {
  const { t } = useTranslation();
  const word = usePriceWord();
  return (
    <p className={styles.publisher}>
      {t('listing.by', { publisher: card.publisher })}
      {card.verified && (
        <span className={styles.verified}>
          <BadgeCheck aria-hidden="true" />
          {t('listing.verified')}
        </span>
      )}
      {price !== 'unknown' && <span className={styles.price}>{word(price)}</span>}
    </p>
  );
}
