/** A point in the window, in CSS pixels. */
export interface Point {
  x: number;
  y: number;
}

/** A rectangle in the window, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where a card stands, and on which side of its row. */
export interface Placement {
  side: 'right' | 'left' | 'below' | 'above';
  left: number;
  top: number;
  maxHeight: number;
}

const GAP = 8;
const EDGE = 12;

/**
 * Places a card beside its row, never over it. The right side is preferred,
 * because a card there leaves the other rows free; then the left side; then
 * whichever of below and above has more room.
 */
export function placeCard(
  row: Box,
  card: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
): Placement {
  const maxHeight = view.height - 2 * EDGE;
  const top = clamp(
    row.top,
    EDGE,
    Math.max(EDGE, view.height - EDGE - Math.min(card.height, maxHeight)),
  );
  const right = row.left + row.width + GAP;
  if (right + card.width + EDGE <= view.width)
    return { side: 'right', left: right, top, maxHeight };
  const left = row.left - GAP - card.width;
  if (left >= EDGE) return { side: 'left', left, top, maxHeight };
  return stack(row, card, view);
}

function stack(
  row: Box,
  card: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
): Placement {
  const left = clamp(row.left, EDGE, Math.max(EDGE, view.width - EDGE - card.width));
  const bottom = row.top + row.height + GAP;
  const below = view.height - EDGE - bottom;
  const above = row.top - GAP - EDGE;
  if (below >= above) return { side: 'below', left, top: bottom, maxHeight: Math.max(0, below) };
  const height = Math.min(card.height, above);
  return { side: 'above', left, top: row.top - GAP - height, maxHeight: Math.max(0, above) };
}

/** Says at which edge a sheet stands: the one farther from its row. */
export function sheetEdge(row: Box, viewHeight: number): 'bottom' | 'top' {
  return row.top + row.height / 2 <= viewHeight / 2 ? 'bottom' : 'top';
}

/** How high a sheet may be without covering its row. */
export function sheetRoom(row: Box, viewHeight: number): number {
  const room =
    sheetEdge(row, viewHeight) === 'bottom' ? viewHeight - row.top - row.height : row.top;
  return Math.max(0, room - GAP);
}

/**
 * Reports whether a pointer that left its row at `from` and is now at `now` can
 * still be on its way to the card: it is inside the triangle between the point
 * where it left and the card's nearer edge.
 */
export function headsFor(card: Box, from: Point, now: Point): boolean {
  const [a, b] = nearEdge(card, from);
  return inTriangle(now, from, a, b);
}

function nearEdge(card: Box, from: Point): [Point, Point] {
  const right = card.left + card.width;
  const bottom = card.top + card.height;
  if (from.x <= card.left)
    return [
      { x: card.left, y: card.top },
      { x: card.left, y: bottom },
    ];
  if (from.x >= right)
    return [
      { x: right, y: card.top },
      { x: right, y: bottom },
    ];
  const y = from.y <= card.top ? card.top : bottom;
  return [
    { x: card.left, y },
    { x: right, y },
  ];
}

function inTriangle(p: Point, a: Point, b: Point, c: Point): boolean {
  const d = [cross(p, a, b), cross(p, b, c), cross(p, c, a)];
  return !(d.some((v) => v < 0) && d.some((v) => v > 0));
}

function cross(p: Point, a: Point, b: Point): number {
  return (p.x - b.x) * (a.y - b.y) - (a.x - b.x) * (p.y - b.y);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
