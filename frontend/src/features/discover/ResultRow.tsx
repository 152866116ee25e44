import { memo } from 'react';
import type { Card } from '../../bridge/types';
import { formatHash } from '../../lib/hash';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { CheckRow } from '../../ui/CheckRow';
import { Marked } from '../../ui/Marked';
import { CardBadges } from './CardBadges';
import styles from './ResultRow.module.css';
import { useNames } from './useNames';

/** As high as the style says, in pixels. */
export const rowHeight = 68;

export interface ResultRowProps {
  /** Undefined while its page is on the way. */
  card: Card | undefined;
  /** Its place among all that was found, from 0. */
  index: number;
  total: number;
  isCompared: boolean;
  /** Whether there is room for one more to compare. */
  mayCompare: boolean;
  /** Told of the result that is to be compared, or no longer. */
  onCompare: (index: number) => void;
}

/** One result: enough to decide whether to open it. Scrolling draws only those that come into view. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { card, index, total } = props;
  return (
    <li
      className={styles.row}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      aria-posinset={index + 1}
      aria-setsize={total}
    >
      {card && <Found {...props} card={card} />}
    </li>
  );
});

function Found(props: ResultRowProps & { card: Card }) {
  const { card, index, isCompared, mayCompare, onCompare } = props;
  return (
    <>
      <AppIcon icon={card.icon} name={card.name} size={40} />
      <div className={styles.words}>
        <div className={styles.first}>
          <a className={styles.name} id={nameOf(index)} href={formatHash(['apps', card.slug])}>
            <Marked text={card.name} marks={card.nameMarks} />
          </a>
          <CardBadges card={card} brief />
        </div>
        <p className={styles.tagline} lang={card.language}>
          <Marked text={card.tagline} marks={card.taglineMarks} />
        </p>
      </div>
      <Facts card={card} />
      <CompareBox
        index={index}
        isCompared={isCompared}
        mayCompare={mayCompare}
        onCompare={onCompare}
      />
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

type CompareBoxProps = Pick<ResultRowProps, 'index' | 'isCompared' | 'mayCompare' | 'onCompare'>;

/**
 * "Compare", and for those who only hear it the app's name behind it. It knows its
 * place and not its app, so that other results do not draw it anew.
 */
const CompareBox = memo(function CompareBox(props: CompareBoxProps) {
  const { index, isCompared, mayCompare, onCompare } = props;
  const { t } = useTranslation();
  const word = `${nameOf(index)}-compare`;
  return (
    <div className={styles.compare} data-chosen={isCompared || undefined}>
      <CheckRow
        isSelected={isCompared}
        isDisabled={!isCompared && !mayCompare}
        onChange={() => onCompare(index)}
        id={word}
        labelledBy={`${word} ${nameOf(index)}`}
      >
        {t('discover.compare')}
      </CheckRow>
    </div>
  );
});

/** The id of a result's name. */
const nameOf = (index: number) => `result-${index}`;
