/** A part of a text, as UTF-16 offsets: from start up to, but not including, end. */
export interface Span {
  start: number;
  end: number;
}

/** A piece of a text that did or did not match. */
export interface Piece {
  text: string;
  marked: boolean;
  /** Where it begins; the same text cut again has the same pieces at the same places. */
  at: number;
}

/**
 * Cuts a text along its marks. Marks may touch, overlap, stand in any order or
 * reach beyond the text: what comes from outside must not lose a letter of it.
 */
export function cut(text: string, marks: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, marked: boolean) => {
    if (end > at) pieces.push({ text: text.slice(at, end), marked, at });
    at = Math.max(at, end);
  };
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    add(Math.min(start, text.length), false);
    add(Math.min(end, text.length), true);
  }
  add(text.length, false);
  return pieces;
}
