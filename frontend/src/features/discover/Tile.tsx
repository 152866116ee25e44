import type { Card } from '../../bridge/types';
import { formatHash } from '../../lib/hash';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { CardBadges } from './CardBadges';
import styles from './Tile.module.css';

/** A listing in a collection. */
export function Tile({ card }: { card: Card }) {
  const { t } = useTranslation();
  return (
    <li className={styles.tile}>
      <AppIcon icon={card.icon} name={card.name} size={40} />
      <div className={styles.words}>
        <div className={styles.first}>
          <a className={styles.name} href={formatHash(['apps', card.slug])}>
            {card.name}
          </a>
          <CardBadges card={card} brief />
        </div>
        <p className={styles.tagline} lang={card.language}>
          {card.tagline}
        </p>
        {card.installed && <p className={styles.installed}>{t('discover.installed')}</p>}
      </div>
    </li>
  );
}
