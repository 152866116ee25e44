/** Brings a text to what is compared: lower case, without diacritics. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[łŁ]/g, 'l')
    .toLowerCase();
}

/** Whether every word of `words` begins some word of `text`. No words match everything. */
export function matches(words: string, text: string): boolean {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const there = fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return wanted.every((word) => there.some((other) => other.startsWith(word)));
}

const place = /\{\{\s*variables\.([A-Za-z0-9_]+)\s*\}\}/g;

/**
 * A listing's template as a person reads it: each place filled with its value, or
 * with the label of what belongs there.
 */
export function legible(
  template: string,
  variables: { name: string; label: string }[],
  values: Record<string, string> = {},
): string {
  return template.replace(place, (whole, name: string) => {
    const label = variables.find((v) => v.name === name)?.label;
    return values[name]?.trim() || (label ? `‹${label}›` : whole);
  });
}
