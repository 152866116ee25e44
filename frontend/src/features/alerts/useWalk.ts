import { useRef, useState } from 'react';
import { startReconnect } from '../../lib/intent';

/** A walk through several sign-ins, one after another. */
export interface Walk {
  /** The connections that are left, the one under way first. */
  left: string[];
  done: number;
  skipped: number;
  /** `halted` waits for the person after a sign-in that was not finished. */
  phase: 'signing_in' | 'halted' | 'over';
}

/**
 * Signs in to one connection after another. A sign-in that was not finished is
 * skipped, and the walk halts there: whoever cancels one may want to stop.
 */
export function useWalk() {
  const [walk, setWalk] = useState<Walk | null>(null);
  const stopped = useRef(false);

  const run = async (from: Walk) => {
    let now = from;
    while (now.left.length > 0 && now.left[0] !== undefined) {
      setWalk({ ...now, phase: 'signing_in' });
      const outcome = await startReconnect(now.left[0]);
      now = after(now, outcome === 'done');
      if (stopped.current || (outcome === 'stopped' && now.left.length > 0)) {
        setWalk(stopped.current ? null : { ...now, phase: 'halted' });
        return;
      }
    }
    setWalk({ ...now, phase: 'over' });
  };
  return {
    walk,
    start: (ids: string[]) => {
      stopped.current = false;
      return run({ left: ids, done: 0, skipped: 0, phase: 'signing_in' });
    },
    goOn: () => walk && run(walk),
    stop: () => {
      stopped.current = true;
      setWalk(null);
    },
  };
}

function after(walk: Walk, done: boolean): Walk {
  return {
    ...walk,
    left: walk.left.slice(1),
    done: walk.done + (done ? 1 : 0),
    skipped: walk.skipped + (done ? 0 : 1),
  };
}
