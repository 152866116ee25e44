import { describe, expect, it } from 'vitest';
import { headsFor, placeCard, sheetEdge, sheetRoom } from './beside';

const view = { width: 1280, height: 800 };
const card = { width: 360, height: 400 };
const row = { left: 240, top: 200, width: 560, height: 56 };

describe('placeCard', () => {
  it.each([
    ['beside the row when there is room', row, card, view, { side: 'right', left: 808, top: 200 }],
    [
      'pushed up when it would leave the window',
      { ...row, top: 700 },
      card,
      view,
      { side: 'right', top: 388 },
    ],
    [
      'to the left when the right is too narrow',
      { ...row, left: 600 },
      card,
      view,
      { side: 'left', left: 232 },
    ],
    [
      'below when both sides are too narrow',
      { ...row, left: 60, width: 1200 },
      card,
      view,
      { side: 'below', top: 264 },
    ],
    [
      'above a low row',
      { ...row, left: 60, width: 1200, top: 650 },
      card,
      view,
      { side: 'above', top: 242 },
    ],
  ])('stands %s', (_, r, c, v, want) => {
    expect(placeCard(r, c, v)).toMatchObject(want);
  });

  it('never covers its own row and never leaves the window', () => {
    for (let top = 0; top <= 740; top += 20) {
      for (const left of [60, 240, 600, 700]) {
        for (const height of [120, 500, 1200]) {
          const r = { left, top, width: 500, height: 56 };
          const p = placeCard(r, { width: 360, height }, view);
          const h = Math.min(height, p.maxHeight);
          const apart =
            p.left >= r.left + r.width ||
            p.left + 360 <= r.left ||
            p.top >= r.top + 56 ||
            p.top + h <= r.top;
          expect(apart).toBe(true);
          expect(p.top).toBeGreaterThanOrEqual(0);
          expect(p.top + h).toBeLessThanOrEqual(view.height);
        }
      }
    }
  });
});

describe('sheet', () => {
  it('stands at the edge farther from its row and leaves the row free', () => {
    expect(sheetEdge({ ...row, top: 100 }, 540)).toBe('bottom');
    expect(sheetRoom({ ...row, top: 100 }, 540)).toBe(540 - 156 - 8);
    expect(sheetEdge({ ...row, top: 400 }, 540)).toBe('top');
    expect(sheetRoom({ ...row, top: 400 }, 540)).toBe(392);
  });
});

describe('headsFor', () => {
  const box = { left: 808, top: 200, width: 360, height: 400 };
  const from = { x: 790, y: 250 };
  it.each([
    ['straight on', { x: 800, y: 252 }, true],
    ['down towards the lower corner', { x: 802, y: 400 }, true],
    ['down the list instead', { x: 785, y: 320 }, false],
    ['back to the left', { x: 700, y: 250 }, false],
  ])('%s', (_, now, want) => {
    expect(headsFor(box, from, now)).toBe(want);
  });

  it('knows a card that stands below', () => {
    const below = { left: 240, top: 264, width: 360, height: 300 };
    expect(headsFor(below, { x: 400, y: 256 }, { x: 410, y: 261 })).toBe(true);
    expect(headsFor(below, { x: 400, y: 256 }, { x: 480, y: 230 })).toBe(false);
  });
});
