/**
 * Which card of a list is open, and why. A card opens when its row is pointed
 * at or reached by keyboard, and closes when neither pointer nor keyboard focus
 * is in the row or the card. One card at a time; a pinned one stays until it is
 * closed. On the way from row to card the pointer may cross other rows.
 */
import { type Box, headsFor, type Point } from '../lib/beside';

/** How long a pointer rests on a row before its card opens, in milliseconds. */
export const openDelay = 90;
/** How long a card waits for the pointer to come back, in milliseconds. */
export const closeDelay = 280;

/** What a list shows. */
export interface CardState {
  openID: string;
  pinned: boolean;
}

/** What the machine has to know of the page. */
export interface CardPage {
  row(id: string): HTMLElement | null;
  card(): HTMLElement | null;
  changed(state: CardState): void;
}

const closed: CardState = { openID: '', pinned: false };

/** The state machine of one list of cards. It does nothing after `stop`. */
export class HoverCards {
  private state = closed;
  private opening: ReturnType<typeof setTimeout> | undefined;
  private closing: ReturnType<typeof setTimeout> | undefined;
  private pointerIn = false;
  private from: Point | undefined;
  /** The row whose card was closed by Esc: it does not open again under a resting pointer. */
  private dismissed = '';

  constructor(private readonly page: CardPage) {}

  /** Opens a card at once and keeps it. */
  pin(id: string): void {
    this.show({ openID: id, pinned: true });
  }

  /** Lets a pinned card go again; it stays while the pointer or the focus is in it. */
  unpin(): void {
    this.show({ ...this.state, pinned: false });
  }

  /** A press on a row: opens and pins its card, or closes the pinned one. */
  press(id: string): void {
    const again = this.state.openID === id && this.state.pinned;
    if (again) this.close();
    else this.pin(id);
  }

  /** Closes the card. The focus goes back to the row if it was in the card. */
  close(): void {
    const { openID } = this.state;
    const focusInside = this.page.card()?.contains(document.activeElement) ?? false;
    this.dismissed = openID;
    this.show(closed);
    if (focusInside) this.page.row(openID)?.focus();
  }

  rowEntered(id: string, point: Point): void {
    if (this.state.openID === id) return this.stay(point);
    if (this.state.pinned || this.dismissed === id || this.keyboardInCard()) return;
    const wait = this.headingForCard(point) ? closeDelay : openDelay;
    this.clear();
    this.opening = setTimeout(() => this.show({ openID: id, pinned: false }), wait);
  }

  rowLeft(id: string): void {
    this.pointerIn = false;
    if (this.dismissed === id) this.dismissed = '';
    clearTimeout(this.opening);
    if (this.state.openID === id) this.closeSoon();
  }

  /** The pointer moved inside the open row, the card, or a menu that the card opened. */
  stay(point?: Point): void {
    this.pointerIn = true;
    this.from = point ?? this.from;
    this.clear();
  }

  cardLeft(): void {
    this.pointerIn = false;
    this.from = undefined;
    this.closeSoon();
  }

  /** The pointer moved elsewhere: on its way to the card it gets more time. */
  moved(point: Point): void {
    if (!this.state.openID || this.pointerIn) return;
    if (this.headingForCard(point)) this.closeSoon();
  }

  rowFocused(id: string): void {
    if (this.state.pinned || this.dismissed === id) return;
    this.show({ openID: id, pinned: false });
  }

  /** The focus left the row or the card. Where it went is known a moment later. */
  blurred(): void {
    this.dismissed = '';
    this.closeSoon();
  }

  stop(): void {
    this.clear();
  }

  private show(state: CardState): void {
    this.clear();
    if (state.openID !== this.state.openID) this.from = undefined;
    if (state.openID !== '') this.dismissed = '';
    this.state = state;
    this.page.changed(state);
  }

  private closeSoon(): void {
    clearTimeout(this.closing);
    this.closing = setTimeout(() => {
      if (this.state.pinned || this.pointerIn || this.keyboardInside()) return;
      this.show(closed);
    }, closeDelay);
  }

  private clear(): void {
    clearTimeout(this.opening);
    clearTimeout(this.closing);
  }

  private headingForCard(point: Point): boolean {
    const card = this.page.card()?.getBoundingClientRect() as Box | undefined;
    return card !== undefined && this.from !== undefined && headsFor(card, this.from, point);
  }

  private keyboardInCard(): boolean {
    const card = this.page.card();
    return card?.contains(document.activeElement) === true && isFocusVisible();
  }

  private keyboardInside(): boolean {
    const row = this.page.row(this.state.openID);
    return (row === document.activeElement && isFocusVisible()) || this.keyboardInCard();
  }
}

/** Whether what has the focus got it from the keyboard. */
export function isFocusVisible(): boolean {
  return document.activeElement?.matches(':focus-visible') ?? false;
}
