import { useEffect, useState } from 'react';
import type { Alert } from '../../bridge/types';

/** How long a row stays after its alert has ended, in milliseconds. */
export const leaveAfter = 4_000;

/**
 * Alerts that ended a moment ago. They keep their place for a while, so that a
 * person sees what was mended instead of a row that vanishes under the pointer.
 */
export function useLeaving(open: Alert[]): Alert[] {
  const [before, setBefore] = useState(open);
  const [leaving, setLeaving] = useState<Alert[]>([]);
  if (before !== open) {
    const isOpen = new Set(open.map((alert) => alert.id));
    const gone = before.filter((alert) => !isOpen.has(alert.id));
    setBefore(open);
    if (gone.length > 0 || leaving.some((alert) => isOpen.has(alert.id))) {
      setLeaving([...leaving, ...gone].filter((alert) => !isOpen.has(alert.id)));
    }
  }
  useEffect(() => {
    if (leaving.length === 0) return;
    const timer = setTimeout(() => setLeaving([]), leaveAfter);
    return () => clearTimeout(timer);
  }, [leaving]);
  return leaving;
}
