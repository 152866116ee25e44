import { useEffect, useEffectEvent } from 'react';
import { onReport } from '../bridge/report';
import { useFaultText } from '../bridge/useFaultText';
import { showToast } from '../ui/toast';

/** Shows reported faults as toasts; what the person stopped themselves stays silent. */
export function useReports(): void {
  const textOf = useFaultText();
  const show = useEffectEvent((error: unknown) => {
    const { title, body, severity } = textOf(error);
    if (severity === 'silent') return;
    showToast({ title, body, tone: severity === 'error' ? 'critical' : 'info' });
  });
  useEffect(() => onReport((error) => show(error)), []);
}
