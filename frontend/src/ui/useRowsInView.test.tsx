import { act, render } from '@testing-library/react';
import { useEffect, useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useRowsInView } from './useRowsInView';

const rowHeight = 50;
/** What stands above the list, and how much of the page can be seen, in pixels. */
const above = 120;
let view = 400;
let resized: () => void;

beforeEach(() => {
  window.innerHeight = 600;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(changed: () => void) {
        resized = changed;
      }
      observe() {}
      disconnect() {}
    },
  );
  // jsdom lays nothing out: the list stands as far up as the page is scrolled.
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    if (this.hasAttribute('data-scroller')) return new DOMRect(0, 80, 500, view);
    const scrolled = this.closest('[data-scroller]')?.scrollTop ?? 0;
    return new DOMRect(0, 80 + above - scrolled, 500, 1e6);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  view = 400;
});

let drawn = 0;

function List() {
  const list = useRef<HTMLUListElement>(null);
  const { first, end } = useRowsInView(list, rowHeight);
  useEffect(() => {
    drawn += 1;
  });
  return (
    <main data-scroller>
      <ul ref={list}>
        {first} to {end}
      </ul>
    </main>
  );
}

function shown() {
  const { container } = render(<List />);
  const main = container.querySelector('main') as HTMLElement;
  const scroll = (top: number) =>
    act(() => {
      main.scrollTop = top;
      main.dispatchEvent(new Event('scroll'));
    });
  return { main, scroll, rows: () => main.textContent };
}

it.each([
  [0, '0 to 9'],
  [119, '0 to 11'],
  [320, '1 to 15'],
  [50_120, '997 to 1011'],
])('scrolled by %i pixels shows the rows in view and three on either side', (top, rows) => {
  const { scroll, rows: now } = shown();
  scroll(top);
  expect(now()).toBe(rows);
});

it('draws nothing anew while the same rows are in view', () => {
  const { scroll } = shown();
  scroll(330);
  const before = drawn;
  scroll(331);
  scroll(345);
  scroll(340);
  expect(drawn).toBe(before);
});

it('follows the size of the window', () => {
  const { rows } = shown();
  view = 1000;
  act(() => resized());
  expect(rows()).toBe('0 to 21');
});
