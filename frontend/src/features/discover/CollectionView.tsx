import { useState } from 'react';
import type { Collection } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import styles from './CollectionView.module.css';
import { Tile } from './Tile';

/** Two rows in a window of the usual width. */
const shownAtFirst = 6;

/** An editor's choice: its title, why, and its listings as tiles. */
export function CollectionView({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { id, title, description, cards } = collection;
  const shown = all ? cards : cards.slice(0, shownAtFirst);
  return (
    <section className={styles.collection} aria-labelledby={`collection-${id}`}>
      <header className={styles.head}>
        <h2 id={`collection-${id}`}>{title}</h2>
        <p className={styles.description}>{description}</p>
        {cards.length > shownAtFirst && (
          <Button look="quiet" size="small" onPress={() => setAll(!all)}>
            {all ? t('discover.showFewer') : t('discover.showAll', { count: cards.length })}
          </Button>
        )}
      </header>
      <ul className={styles.tiles}>
        {shown.map((card) => (
          <Tile key={card.slug} card={card} />
        ))}
      </ul>
    </section>
  );
}
