// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CardState, closeDelay, HoverCards, openDelay } from './hoverCards';

/** Two rows, one below the other, and a card to their right. */
const boxes = {
  a: { left: 0, top: 0, width: 400, height: 50 },
  b: { left: 0, top: 50, width: 400, height: 50 },
  card: { left: 408, top: 0, width: 300, height: 300 },
};
const elements = new Map<string, HTMLElement>();
let state: CardState;
let cards: HoverCards;

function make(name: keyof typeof boxes, tag: string): HTMLElement {
  const element = document.body.appendChild(document.createElement(tag));
  element.getBoundingClientRect = () => boxes[name] as DOMRect;
  element.tabIndex = 0;
  elements.set(name, element);
  return element;
}

const wait = (ms: number) => vi.advanceTimersByTime(ms);
const at = (x: number, y: number) => ({ x, y });
const element = (name: string) => elements.get(name) as HTMLElement;

/** Points at row a until its card is open. */
function openA(): void {
  cards.rowEntered('a', at(351, 25));
  wait(openDelay);
  cards.stay(at(390, 25));
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  for (const name of ['a', 'b'] as const) make(name, 'button');
  make('card', 'div');
  state = { openID: '', pinned: false };
  cards = new HoverCards({
    row: (id) => elements.get(id) ?? null,
    card: () => (state.openID ? element('card') : null),
    changed: (next) => {
      state = next;
    },
  });
});

afterEach(() => {
  cards.stop();
  vi.useRealTimers();
});

describe('hover', () => {
  it('opens after a rest, not for a pointer that passes by', () => {
    cards.rowEntered('a', at(350, 25));
    wait(openDelay - 1);
    expect(state.openID).toBe('');
    cards.rowLeft('a');
    wait(1000);
    expect(state.openID).toBe('');
    openA();
    expect(state).toEqual({ openID: 'a', pinned: false });
  });

  it('closes a while after the pointer has left', () => {
    openA();
    cards.rowLeft('a');
    wait(closeDelay - 1);
    expect(state.openID).toBe('a');
    wait(1);
    expect(state.openID).toBe('');
  });

  it('stays while the pointer is on its way to the card, across another row', () => {
    openA();
    cards.rowLeft('a');
    cards.rowEntered('b', at(394, 70));
    for (const x of [396, 398, 400]) {
      wait(closeDelay - 50);
      cards.moved(at(x, 80));
      expect(state.openID).toBe('a');
    }
    cards.stay();
    wait(5000);
    expect(state.openID).toBe('a');
  });

  it('goes over to another row at once when the pointer does not head for the card', () => {
    openA();
    cards.rowLeft('a');
    cards.rowEntered('b', at(200, 60));
    wait(openDelay);
    expect(state.openID).toBe('b');
  });

  it('goes over to the row in between when the pointer stops there', () => {
    openA();
    cards.rowLeft('a');
    cards.rowEntered('b', at(394, 70));
    cards.moved(at(396, 80));
    wait(closeDelay);
    expect(state.openID).toBe('b');
  });

  it('goes over to the row in between soon when the pointer turns away', () => {
    openA();
    cards.rowLeft('a');
    cards.rowEntered('b', at(394, 70));
    cards.moved(at(300, 80));
    wait(openDelay);
    expect(state.openID).toBe('b');
  });

  it('does not open a row that slides under a resting pointer', () => {
    openA();
    cards.rowLeft('a');
    cards.rowEntered('b', at(390, 25));
    wait(openDelay);
    expect(state.openID).toBe('a');
  });

  it('closes after the pointer has left the card', () => {
    openA();
    cards.rowLeft('a');
    cards.stay();
    wait(5000);
    cards.cardLeft();
    wait(closeDelay);
    expect(state.openID).toBe('');
  });
});

describe('pin', () => {
  it('keeps the card when the pointer leaves, and other rows closed', () => {
    openA();
    cards.press('a');
    cards.rowLeft('a');
    cards.rowEntered('b', at(200, 60));
    wait(5000);
    expect(state).toEqual({ openID: 'a', pinned: true });
  });

  it('moves to the row that is pressed, and ends with a second press', () => {
    cards.press('a');
    cards.press('b');
    expect(state).toEqual({ openID: 'b', pinned: true });
    cards.press('b');
    expect(state.openID).toBe('');
  });

  it('lets the card go with the pointer again when it ends', () => {
    cards.press('a');
    cards.unpin();
    cards.stay();
    cards.cardLeft();
    wait(closeDelay);
    expect(state.openID).toBe('');
  });
});

describe('keyboard', () => {
  it('opens with the focus and closes when the focus goes elsewhere', () => {
    cards.rowFocused('a');
    expect(state.openID).toBe('a');
    cards.rowBlurred();
    cards.rowFocused('b');
    expect(state.openID).toBe('b');
    cards.rowBlurred();
    wait(closeDelay);
    expect(state.openID).toBe('');
  });

  it('closes with Esc, gives the focus back to the row, and does not open again by it', () => {
    cards.rowFocused('a');
    element('card').focus();
    // What the page tells when the focus goes back to the row.
    element('card').addEventListener('blur', () => cards.cardBlurred());
    element('a').addEventListener('focus', () => cards.rowFocused('a'));
    cards.close();
    expect(state.openID).toBe('');
    expect(document.activeElement).toBe(element('a'));
    expect(state.openID).toBe('');
  });

  it('does not open again under a resting pointer after Esc, until the pointer comes back', () => {
    openA();
    cards.close();
    cards.rowEntered('a', at(350, 25));
    wait(1000);
    expect(state.openID).toBe('');
    cards.rowLeft('a');
    openA();
    expect(state.openID).toBe('a');
  });

  it('opens again, by either, after Esc with the pointer in the card', () => {
    openA();
    cards.rowLeft('a');
    cards.stay(at(500, 25));
    cards.close();
    cards.moved(at(900, 500));
    cards.rowFocused('a');
    expect(state.openID).toBe('a');
    cards.close();
    cards.rowBlurred();
    openA();
    expect(state.openID).toBe('a');
  });

  it('keeps the card while a menu that it opened has the focus', () => {
    openA();
    const menu = document.body.appendChild(document.createElement('button'));
    cards.cardLeft();
    menu.focus();
    cards.cardFocused();
    wait(10 * closeDelay);
    expect(state.openID).toBe('a');
    cards.cardBlurred();
    element('b').focus();
    wait(closeDelay);
    expect(state.openID).toBe('');
  });
});
