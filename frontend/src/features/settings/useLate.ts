import { useEffect, useState } from 'react';

/** After this, work is slow enough to show how far it is, in milliseconds. */
export const lateAfter = 500;

/** Whether `running` has been true for longer than anybody waits without a word. */
export function useLate(running: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => setLate(true), lateAfter);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [running]);
  return running && late;
}
