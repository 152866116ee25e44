import { useEffect, useEffectEvent } from 'react';
import { isMac, type Wish, wishOf } from './keys';

/** Hears the keys that work anywhere in the window. While a dialog is open they rest. */
export function useWishes(grant: (wish: Wish) => void): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const wish = wishOf(event, isMac());
    if (!wish) return;
    event.preventDefault();
    if (!document.querySelector('[role="dialog"], [role="alertdialog"]')) grant(wish);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => hear(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
}
