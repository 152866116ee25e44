/**
 * Which card of a list is open, and why. A card opens when its row is pointed
 * at or reached by keyboard, and closes when neither pointer nor keyboard focus
 * is in the row or the card. One card at a time; a pinned one stays until it is
 * closed. On the way from row to card the pointer may cross other rows. All this
 * is between rows, so that react-aria's PreviewTrigger, which knows one trigger,
 * does not do it.
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
  private focusIn = false;
  /** The row that opens next, unless the pointer turns out to be on its way to the card. */
  private next = { id: '', patient: false };
  private from: Point | undefined;
  private last: Point | undefined;
  /** The row under the pointer. */
  private over = '';
  /** The row whose card was closed by Esc: it does not open again under a resting pointer. */
  private dismissed = '';
  /** The focus is being given back to the row of a card that was closed. */
  private returning = false;

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
    this.show(closed);
    this.dismissed = this.over;
    this.returning = true;
    if (focusInside) this.page.row(openID)?.focus();
    this.returning = false;
  }

  rowEntered(id: string, point: Point): void {
    const resting = this.last?.x === point.x && this.last.y === point.y;
    this.last = point;
    this.over = id;
    if (this.state.openID === id) {
      this.stay(point);
      return;
    }
    // A row that slid under a resting pointer was not pointed at.
    if (this.state.pinned || this.dismissed === id || resting) return;
    clearTimeout(this.closing);
    this.openSoon(id, this.headingForCard(point));
  }

  rowLeft(id: string): void {
    this.pointerIn = false;
    this.over = '';
    this.dismissed = '';
    this.dropNext();
    if (this.state.openID === id) this.closeSoon();
  }

  /** The pointer moved inside the open row, the card, or a menu that the card opened. */
  stay(point?: Point): void {
    this.pointerIn = true;
    this.from = point ?? this.from;
    this.last = point ?? this.last;
    this.clear();
  }

  cardLeft(): void {
    this.pointerIn = false;
    this.from = undefined;
    this.closeSoon();
  }

  /** The pointer moved elsewhere: on its way to the card it gets more time. */
  moved(point: Point): void {
    this.last = point;
    if (!this.state.openID || this.pointerIn) return;
    const heading = this.headingForCard(point);
    if (this.next.id && (heading || this.next.patient)) this.openSoon(this.next.id, heading);
    else if (heading) this.closeSoon();
  }

  rowFocused(id: string): void {
    if (this.state.pinned || this.returning) return;
    this.show({ openID: id, pinned: false });
  }

  /** The focus left a row. Where it went is known a moment later. */
  rowBlurred(): void {
    this.dismissed = '';
    this.closeSoon();
  }

  /** The focus came into the card, or into a menu that the card opened. */
  cardFocused(): void {
    this.focusIn = true;
    this.closeSoon();
  }

  cardBlurred(): void {
    this.focusIn = false;
    this.closeSoon();
  }

  stop(): void {
    this.clear();
  }

  private show(state: CardState): void {
    this.clear();
    if (state.openID !== this.state.openID) {
      this.from = undefined;
      this.focusIn = false;
    }
    if (state.openID !== '') this.dismissed = '';
    this.state = state;
    this.page.changed(state);
  }

  private closeSoon(): void {
    clearTimeout(this.closing);
    this.closing = setTimeout(() => {
      if (this.state.pinned || this.pointerIn || this.keyboardInside() || this.inMenu()) return;
      this.show(closed);
    }, closeDelay);
  }

  /** Opens a row's card after a rest, which is longer while the pointer heads for another card. */
  private openSoon(id: string, patient: boolean): void {
    clearTimeout(this.opening);
    this.next = { id, patient };
    const wait = patient ? closeDelay : openDelay;
    this.opening = setTimeout(() => this.handOver(id), wait);
  }

  /** Opens a row's card. A focus that was in the card before must not get lost with it. */
  private handOver(id: string): void {
    if (this.keyboardInCard()) this.page.row(this.state.openID)?.focus();
    this.show({ openID: id, pinned: false });
  }

  private dropNext(): void {
    clearTimeout(this.opening);
    this.next = { id: '', patient: false };
  }

  private clear(): void {
    this.dropNext();
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

  /** Whether the focus is in something that the card opened and that stands elsewhere. */
  private inMenu(): boolean {
    const focused = document.activeElement;
    const outside = focused !== document.body && !this.page.card()?.contains(focused);
    return this.focusIn && outside;
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
