import { type KeyboardEvent, memo, useCallback, useEffect, useRef } from 'react';
import type { Card } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { goTo, placeNow } from '../../ui/place';
import { useRowsInView } from '../../ui/useRowsInView';
import styles from './ResultList.module.css';
import { ResultRow, rowHeight } from './ResultRow';
import { comparedIn, mostCompared, pageSize, withCompared } from './search';

export interface ResultListProps {
  total: number;
  row: (index: number) => Card | undefined;
  params: URLSearchParams;
  /** Told which pages of results are in view. */
  onPages: (pages: number[]) => void;
}

/** Any number of results, of which only those in view are drawn. Arrow keys go through them. */
export const ResultList = memo(function ResultList(props: ResultListProps) {
  const { total, row, params, onPages } = props;
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const seen = useRowsInView(list, rowHeight);
  const end = Math.min(seen.end, total);
  const indexes = Array.from({ length: Math.max(0, end - seen.first) }, (_, i) => seen.first + i);
  const pages = [...new Set(indexes.map((index) => Math.floor(index / pageSize)))].join();
  useEffect(() => {
    onPages(pages === '' ? [] : pages.split(',').map(Number));
  }, [pages, onPages]);
  const compared = comparedIn(params);
  const compare = useCompare(row);
  return (
    <ul
      ref={list}
      className={styles.list}
      style={{ height: total * rowHeight }}
      aria-label={t('discover.results')}
      onKeyDown={walk}
      data-results
    >
      {indexes.map((index) => {
        const card = row(index);
        return (
          <ResultRow
            key={index}
            card={card}
            index={index}
            total={total}
            isCompared={card !== undefined && compared.includes(card.slug)}
            mayCompare={compared.length < mostCompared}
            onCompare={compare}
          />
        );
      })}
    </ul>
  );
});

/** Chooses the result at an index to compare, or no longer; the same function for any results. */
function useCompare(row: ResultListProps['row']): (index: number) => void {
  const rows = useRef(row);
  useEffect(() => {
    rows.current = row;
  }, [row]);
  return useCallback((index) => {
    const card = rows.current(index);
    if (card) goTo(['discover'], withCompared(placeNow().params, card.slug), true);
  }, []);
}

/** Moves the focus from result to result; above the first stands the search field. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.findIndex((link) => link.closest('li')?.contains(document.activeElement));
  const next = links[at + step];
  event.preventDefault();
  if (next) next.focus();
  else if (step < 0) document.querySelector<HTMLElement>('search input')?.focus();
}
