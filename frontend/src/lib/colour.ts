/** A colour on screen as red, green and blue from 0 to 255. */
type Rgb = [number, number, number];

function parse(hex: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return null;
  return [1, 2, 3].map((i) => Number.parseInt(match[i] ?? '0', 16)) as Rgb;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours as WCAG 2.2 defines it, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)];
  if (!x || !y) return 1;
  const [low = 0, high = 0] = [luminance(x), luminance(y)].sort((m, n) => m - n);
  return (high + 0.05) / (low + 0.05);
}

/** The lowest contrasts at which a shape (WCAG 1.4.11) and a letter (1.4.3) can be told from their ground. */
export const enoughFor = { shape: 3, letter: 4.5 };

/**
 * Mixes `hex` towards white or black, whichever stands out, until it can be told
 * from `ground` with the contrast `enough`. What is no colour comes back empty.
 */
export function readable(hex: string, ground: string, enough: number): string {
  const from = parse(hex);
  if (!from) return '';
  const towards = contrast('#ffffff', ground) > contrast('#000000', ground) ? 255 : 0;
  for (let part = 0; part <= 1; part += 0.1) {
    const mixed = from.map((value) => Math.round(value + (towards - value) * part));
    const text = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    if (contrast(text, ground) >= enough) return text;
  }
  return towards ? '#ffffff' : '#000000';
}
