import { useEffect, useRef } from 'react';
import type { Alert } from '../../bridge/types';
import { usePlace } from '../../ui/place';

/** Opens the card that the address asks for (`?open=<alert>`), once, when it is there. */
export function useArrivedAt(alerts: Alert[], open: (id: string) => void): void {
  const wanted = usePlace().params.get('open') ?? '';
  const opened = useRef('');
  const there = alerts.some((alert) => alert.id === wanted);
  useEffect(() => {
    if (!there || opened.current === wanted) return;
    opened.current = wanted;
    open(wanted);
  });
}
