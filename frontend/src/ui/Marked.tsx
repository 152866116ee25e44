import { cut, type Span } from '../lib/marks';

/** A text whose matching parts are marked. */
export function Marked({ text, marks }: { text: string; marks: readonly Span[] }) {
  if (marks.length === 0) return text;
  return cut(text, marks).map((piece) =>
    piece.marked ? <mark key={piece.at}>{piece.text}</mark> : piece.text,
  );
}
