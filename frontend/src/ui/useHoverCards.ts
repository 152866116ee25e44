import {
  type HTMLAttributes,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type CardState, HoverCards, isFocusVisible } from './hoverCards';

const pointOf = (e: { clientX: number; clientY: number }) => ({ x: e.clientX, y: e.clientY });

/** What a list of cards needs: the state, and the handlers of rows and card. */
export interface HoverCardsHandle extends CardState {
  machine: HoverCards;
  rowProps(id: string): HTMLAttributes<HTMLElement> & { ref(el: HTMLElement | null): void };
  cardProps: HTMLAttributes<HTMLElement>;
  /** The same function each time. */
  cardRef(el: HTMLElement | null): void;
  rowElement(id: string): HTMLElement | null;
}

/** Cards that open on hover and focus, one at a time; see HoverCards for the rules. */
export function useHoverCards(): HoverCardsHandle {
  const [state, setState] = useState<CardState>({ openID: '', pinned: false });
  const rows = useRef(new Map<string, HTMLElement>());
  const card = useRef<HTMLElement | null>(null);
  const inside = useRef<Event | null>(null);
  const machine = useMemo(
    () =>
      new HoverCards({
        row: (id) => rows.current.get(id) ?? null,
        card: () => card.current,
        changed: setState,
      }),
    [],
  );
  useEffect(() => () => machine.stop(), [machine]);
  useOutside(machine, state.openID !== '', inside);

  const cardRef = useCallback((el: HTMLElement | null) => {
    card.current = el;
  }, []);
  const over = (e: PointerEvent) => {
    inside.current = e.nativeEvent;
    // From the card every row can be reached at once: no way back to the card is kept free.
    machine.stay();
  };
  return {
    ...state,
    machine,
    rowElement: (id) => rows.current.get(id) ?? null,
    rowProps: (id) => ({
      ref: (el) => void (el ? rows.current.set(id, el) : rows.current.delete(id)),
      onPointerEnter: (e) => e.pointerType !== 'touch' && machine.rowEntered(id, pointOf(e)),
      onPointerMove: (e) => {
        if (id !== state.openID) return;
        inside.current = e.nativeEvent;
        machine.stay(pointOf(e));
      },
      onPointerLeave: () => machine.rowLeft(id),
      onFocus: () => isFocusVisible() && machine.rowFocused(id),
      onBlur: () => machine.rowBlurred(),
      onClick: () => machine.press(id),
    }),
    cardRef,
    cardProps: {
      onPointerEnter: () => machine.stay(),
      onPointerMove: over,
      onPointerLeave: () => machine.cardLeft(),
      onFocus: () => machine.cardFocused(),
      onBlur: () => machine.cardBlurred(),
    },
  };
}

/** Follows what happens outside row and card while a card is open. */
function useOutside(machine: HoverCards, open: boolean, inside: { current: Event | null }): void {
  useEffect(() => {
    if (!open) return;
    const moved = (e: globalThis.PointerEvent) => e !== inside.current && machine.moved(pointOf(e));
    const key = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && !e.defaultPrevented) machine.close();
    };
    document.addEventListener('pointermove', moved);
    document.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('pointermove', moved);
      document.removeEventListener('keydown', key);
    };
  }, [machine, open, inside]);
}
