import { describe, expect, it } from 'vitest';
import { cut, type Span } from './marks';

function shown(text: string, marks: Span[]): string {
  return cut(text, marks)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');
}

describe('cut', () => {
  it.each<[string, Span[], string]>([
    ['chat', [], 'chat'],
    ['Google Chat', [{ start: 7, end: 11 }], 'Google [Chat]'],
    ['Zażółć', [{ start: 0, end: 3 }], '[Zaż]ółć'],
    ['👋 hi', [{ start: 3, end: 5 }], '👋 [hi]'],
    [
      'abcdef',
      [
        { start: 4, end: 6 },
        { start: 0, end: 1 },
      ],
      '[a]bcd[ef]',
    ],
    [
      'abcdef',
      [
        { start: 0, end: 3 },
        { start: 2, end: 5 },
      ],
      '[abc][de]f',
    ],
    ['abc', [{ start: 2, end: 99 }], 'ab[c]'],
    ['abc', [{ start: 50, end: 99 }], 'abc'],
    ['abc', [{ start: 2, end: 1 }], 'abc'],
    ['', [{ start: 0, end: 1 }], ''],
  ])('%j with %j is %s', (text, marks, want) => {
    expect(shown(text, marks)).toBe(want);
  });

  it('never loses a letter, whatever the marks', () => {
    const text = 'the whole text';
    for (let start = -2; start < 16; start += 3) {
      for (let end = -2; end < 20; end += 5) {
        const pieces = cut(text, [
          { start, end },
          { start: 4, end: 9 },
        ]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }
    }
  });
});
