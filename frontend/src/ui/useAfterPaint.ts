import { startTransition, useEffect, useState } from 'react';

/**
 * `value` as it was until the picture with everything else is on screen: what can
 * wait does not keep that back. `first` is what stands before there was any.
 */
export function useAfterPaint<T>(value: T, first: T): T {
  const [shown, setShown] = useState(first);
  useEffect(() => {
    let task: ReturnType<typeof setTimeout>;
    // A frame's callbacks run before it is drawn, a task that they start after it.
    const frame = requestAnimationFrame(() => {
      task = setTimeout(() => startTransition(() => setShown(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(task);
    };
  }, [value]);
  return shown;
}
