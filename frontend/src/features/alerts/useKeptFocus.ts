import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus to the list's current row when a row that had it has left, so
 * that nobody has to start from the top of the window. `left` names what left.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, left: string): void {
  const before = useRef(left);
  useEffect(() => {
    if (before.current === left) return;
    before.current = left;
    if (document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus();
  }, [list, left]);
}
