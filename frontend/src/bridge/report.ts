/** Faults with no place of their own on the page are reported, and the shell shows them. */
type Listener = (error: unknown) => void;

let listener: Listener | undefined;

/** Reports what was thrown. */
export function report(error: unknown): void {
  listener?.(error);
}

/** Hears what is reported, until the returned function is called; one listener at a time. */
export function onReport(hear: Listener): () => void {
  listener = hear;
  return () => {
    if (listener === hear) listener = undefined;
  };
}
