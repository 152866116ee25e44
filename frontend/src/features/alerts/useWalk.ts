import { useState } from 'react';
import { startReconnect } from '../../lib/intent';

/** A walk through several sign-ins: which one, of how many. */
export interface Walk {
  at: number;
  of: number;
}

/**
 * Signs in to one connection after another. It halts at the first sign-in that
 * was not finished: whoever cancels one rarely wants the next to open.
 */
export function useWalk() {
  const [walk, setWalk] = useState<Walk | null>(null);
  const start = async (ids: string[]) => {
    for (const [index, id] of ids.entries()) {
      setWalk({ at: index + 1, of: ids.length });
      if ((await startReconnect(id)) === 'stopped') break;
    }
    setWalk(null);
  };
  return { walk, start };
}
