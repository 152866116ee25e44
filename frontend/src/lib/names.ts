/** A language by its own name in another: names("de", "en") is "German". */
export function languageName(code: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Names in a row as a sentence has them: "A, B and C". */
export function inRow(names: string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** An identifier made readable where no catalogue has a word for it: "works_with" is "Works with". */
export function plain(id: string): string {
  const words = id.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A slug as a name where the name itself is not at hand: "google-drive" is "Google Drive". */
export function titled(slug: string): string {
  return slug.split('-').map(plain).join(' ');
}
