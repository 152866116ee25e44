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
