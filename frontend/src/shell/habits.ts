import { useEffect } from 'react';

/** Where the browser's own menu is of use: text that can be edited or copied. */
const editable = 'input, textarea, [data-content]';

function noBrowserMenu(event: MouseEvent): void {
  const target = event.target as Element | null;
  if (!target?.closest?.(editable)) event.preventDefault();
}

function noPinchZoom(event: WheelEvent): void {
  if (event.ctrlKey) event.preventDefault();
}

function stop(event: Event): void {
  event.preventDefault();
}

/** Takes away what makes a window feel like a web page: its menu, its zoom, dropping files on it. */
export function useHabits(): void {
  useEffect(() => {
    const listeners: [string, (event: never) => void][] = [
      ['contextmenu', noBrowserMenu],
      ['wheel', noPinchZoom],
      ['gesturestart', stop],
      ['dragover', stop],
      ['drop', stop],
    ];
    for (const [name, listener] of listeners) {
      window.addEventListener(name, listener as EventListener, { passive: false });
    }
    return () => {
      for (const [name, listener] of listeners) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, []);
}
