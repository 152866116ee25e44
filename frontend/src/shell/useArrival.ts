import { type RefObject, useEffect, useLayoutEffect } from 'react';

const offsets = new Map<string, number>();

/**
 * What happens on arriving at a page: it stands where it was left, and the
 * focus is in it when what had the focus is gone.
 */
export function useArrival(main: RefObject<HTMLElement | null>, key: string): void {
  useLayoutEffect(() => {
    main.current?.scrollTo({ top: offsets.get(key) ?? 0 });
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost) main.current?.focus({ preventScroll: true });
  }, [main, key]);
  useEffect(() => {
    const element = main.current;
    const remember = () => offsets.set(key, element?.scrollTop ?? 0);
    element?.addEventListener('scroll', remember, { passive: true });
    return () => element?.removeEventListener('scroll', remember);
  }, [main, key]);
}
