import { type RefObject, useEffect, useState } from 'react';

/** From the first row to before the end. */
export interface Rows {
  first: number;
  end: number;
}

/** Rows beyond the edges, so that a turn of the wheel finds them drawn. */
const beyond = 3;

/**
 * The rows of a list that can be seen in the part of the window that scrolls, and
 * a few around them. All are `height` pixels high, so no list is too long: what
 * this costs does not depend on the number of rows.
 */
export function useRowsInView(list: RefObject<HTMLElement | null>, height: number): Rows {
  const [rows, setRows] = useState(() => rowsBetween(0, window.innerHeight, height));
  useEffect(() => {
    const scroller = list.current?.closest('[data-scroller]');
    if (!scroller) return;
    const look = () => {
      const view = scroller.getBoundingClientRect();
      const top = view.top - (list.current?.getBoundingClientRect().top ?? 0);
      const next = rowsBetween(top, top + view.height, height);
      setRows((last) => (last.first === next.first && last.end === next.end ? last : next));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [list, height]);
  return rows;
}

function rowsBetween(top: number, bottom: number, height: number): Rows {
  const first = Math.max(0, Math.floor(top / height) - beyond);
  return { first, end: Math.max(first, Math.ceil(bottom / height) + beyond) };
}
