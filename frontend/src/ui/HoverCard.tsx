import { type CSSProperties, type ReactNode, useCallback, useLayoutEffect, useState } from 'react';
import { placeCard, sheetEdge, sheetRoom } from '../lib/beside';
import styles from './HoverCard.module.css';
import type { HoverCardsHandle } from './useHoverCards';
import { useMedia } from './useMedia';

/** Below this width there is no room beside a list: the card becomes a sheet. */
const narrow = '(max-width: 959px)';

export interface HoverCardProps {
  cards: HoverCardsHandle;
  id: string;
  /** The element's id, for aria-controls of the row. */
  elementID: string;
  labelledBy: string;
  children: ReactNode;
}

/**
 * The card of one row. It stands in the document right after its row, so Tab
 * goes from the row into it, and beside the row on the screen, never over it.
 */
export function HoverCard({ cards, id, elementID, labelledBy, children }: HoverCardProps) {
  const sheet = useMedia(narrow);
  const [card, setCard] = useState<HTMLElement | null>(null);
  const style = usePlacement(cards.rowElement(id), card, sheet);
  const { cardRef } = cards;
  const ref = useCallback(
    (el: HTMLElement | null) => {
      setCard(el);
      cardRef(el);
    },
    [cardRef],
  );
  return (
    <div
      {...cards.cardProps}
      ref={ref}
      id={elementID}
      role="group"
      aria-labelledby={labelledBy}
      tabIndex={-1}
      className={styles.card}
      data-sheet={sheet || undefined}
      data-pinned={cards.pinned || undefined}
      style={style}
    >
      {children}
    </div>
  );
}

function usePlacement(row: HTMLElement | null, card: HTMLElement | null, sheet: boolean) {
  const [style, setStyle] = useState<CSSProperties>({ visibility: 'hidden' });
  useLayoutEffect(() => {
    if (!row || !card) return;
    const place = () => setStyle(sheet ? sheetStyle(row) : besideStyle(row, card));
    place();
    const resized = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(place);
    resized?.observe(card);
    window.addEventListener('resize', place);
    window.addEventListener('scroll', place, true);
    return () => {
      resized?.disconnect();
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    };
  }, [row, card, sheet]);
  return style;
}

function besideStyle(row: HTMLElement, card: HTMLElement): CSSProperties {
  const view = { width: window.innerWidth, height: window.innerHeight };
  const { width, height } = card.getBoundingClientRect();
  const { left, top, maxHeight } = placeCard(row.getBoundingClientRect(), { width, height }, view);
  return { left, top, maxHeight };
}

function sheetStyle(row: HTMLElement): CSSProperties {
  const box = row.getBoundingClientRect();
  const maxHeight = sheetRoom(box, window.innerHeight);
  return { left: 0, right: 0, [sheetEdge(box, window.innerHeight)]: 0, maxHeight };
}
