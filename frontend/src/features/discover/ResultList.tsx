import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Card } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import styles from './ResultList.module.css';
import { ResultRow } from './ResultRow';
import { pageSize } from './search';

export interface ResultListProps {
  total: number;
  row: (index: number) => Card | undefined;
  params: URLSearchParams;
  /** Told which pages of results are in view. */
  onPages: (pages: number[]) => void;
}

/** As high as ResultRow's style says, in pixels. */
const rowHeight = 68;

/** Any number of results, of which only those in view are drawn. Arrow keys go through them. */
export const ResultList = memo(function ResultList(props: ResultListProps) {
  const { total, row, params, onPages } = props;
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(list.current?.offsetTop ?? 0), []);
  const virtual = useVirtualizer({
    count: total,
    estimateSize: () => rowHeight,
    getScrollElement: () => list.current?.closest('[data-scroller]') ?? null,
    overscan: 3,
    scrollMargin: margin,
  });
  const items = virtual.getVirtualItems();
  const pages = [...new Set(items.map((item) => Math.floor(item.index / pageSize)))].join();
  useEffect(() => {
    onPages(pages === '' ? [] : pages.split(',').map(Number));
  }, [pages, onPages]);
  return (
    <ul
      ref={list}
      className={styles.list}
      style={{ height: virtual.getTotalSize() }}
      aria-label={t('discover.results')}
      onKeyDown={walk}
      data-results
    >
      {items.map((item) => (
        <ResultRow
          key={item.key}
          card={row(item.index)}
          position={item.index + 1}
          total={total}
          top={item.start - margin}
          params={params}
        />
      ))}
    </ul>
  );
});

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
