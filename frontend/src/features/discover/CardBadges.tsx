import { BadgeCheck } from 'lucide-react';
import type { Card } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Badge } from '../../ui/Badge';
import styles from './CardBadges.module.css';

export interface CardBadgesProps {
  card: Card;
  /** Leaves out what can wait for the listing's own page. */
  brief?: boolean;
}

/** The same for all, so that React draws it once. */
const mark = <BadgeCheck aria-hidden="true" />;

/** What sets a listing apart: the verified publisher, the certificate, ours, the sandbox. */
export function CardBadges({ card, brief = false }: CardBadgesProps) {
  const { t } = useTranslation();
  return (
    <>
      {card.verified && (
        <span className={styles.verified} role="img" aria-label={t('discover.verified')}>
          {mark}
        </span>
      )}
      {card.sandbox && <Badge>{t('common.sandbox')}</Badge>}
      {card.certified && !brief && <Badge>{t('discover.certified')}</Badge>}
      {card.builtByUs && !card.sandbox && !brief && <Badge>{t('discover.builtByUs')}</Badge>}
    </>
  );
}
