import { memo } from 'react';
import type { Card } from '../../bridge/types';
import { formatHash } from '../../lib/hash';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { CheckRow } from '../../ui/CheckRow';
import { Marked } from '../../ui/Marked';
import { goTo, placeNow } from '../../ui/place';
import { CardBadges } from './CardBadges';
import styles from './ResultRow.module.css';
import { comparedIn, mostCompared, withCompared } from './search';
import { useNames } from './useNames';

export interface ResultRowProps {
  /** Undefined while its page is on the way. */
  card: Card | undefined;
  position: number;
  total: number;
  /** Where it stands in the list, in pixels. */
  top: number;
  params: URLSearchParams;
}

/** One result: enough to decide whether to open it. Scrolling draws only those that come into view. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { card, position, total, top, params } = props;
  return (
    <li
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-posinset={position}
      aria-setsize={total}
    >
      {card && <Found card={card} params={params} />}
    </li>
  );
});

function Found({ card, params }: { card: Card; params: URLSearchParams }) {
  return (
    <>
      <AppIcon icon={card.icon} name={card.name} size={40} />
      <div className={styles.words}>
        <div className={styles.first}>
          <a className={styles.name} href={formatHash(['apps', card.slug])}>
            <Marked text={card.name} marks={card.nameMarks} />
          </a>
          <CardBadges card={card} brief />
        </div>
        <p className={styles.tagline} lang={card.language}>
          <Marked text={card.tagline} marks={card.taglineMarks} />
        </p>
      </div>
      <Facts card={card} />
      <CompareBox card={card} params={params} />
    </>
  );
}

function Facts({ card }: { card: Card }) {
  const { t } = useTranslation();
  const names = useNames();
  const categories = card.categories.map((value) => names.value({ facet: 'category', value }));
  return (
    <div className={styles.facts}>
      <span>{categories.join(', ')}</span>
      {card.installed ? (
        <span className={styles.installed}>{t('discover.installed')}</span>
      ) : (
        <span className={styles.price}>{names.value({ facet: 'price', value: card.pricing })}</span>
      )}
    </div>
  );
}

function CompareBox({ card, params }: { card: Card; params: URLSearchParams }) {
  const { t } = useTranslation();
  const compared = comparedIn(params);
  const isSelected = compared.includes(card.slug);
  return (
    <div className={styles.compare} data-chosen={isSelected || undefined}>
      <CheckRow
        isSelected={isSelected}
        isDisabled={!isSelected && compared.length >= mostCompared}
        onChange={() => goTo(['discover'], withCompared(placeNow().params, card.slug), true)}
        label={t('discover.compareApp', { name: card.name })}
      >
        {t('discover.compare')}
      </CheckRow>
    </div>
  );
}
