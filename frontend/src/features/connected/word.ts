/**
 * Reports whether the typed word is the one that was asked for. Case and spaces
 * around it do not matter; Go decides in the end.
 */
export function matches(typed: string, phrase: string): boolean {
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return phrase !== '' && plain(typed) === plain(phrase);
}
