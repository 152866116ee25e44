import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { pageOf } from './results';
import { asks } from './search';

/** How long the front page may stay without an answer, in milliseconds. */
const unseen = 200;

/**
 * Whether results are shown. At the first letter the front page stays until there is
 * something to put in its place, so that the window is drawn once and not twice.
 */
export function useShowsResults(params: URLSearchParams): boolean {
  const asked = asks(params);
  const { isPending } = useQuery({ ...pageOf(params, 0), enabled: asked });
  const [shown, setShown] = useState(asked);
  const waits = asked && !shown && isPending;
  if (shown !== asked && !waits) setShown(asked);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setShown(true), unseen);
    return () => clearTimeout(timer);
  }, [waits]);
  return asked && !waits;
}
