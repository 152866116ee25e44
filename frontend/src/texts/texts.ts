/**
 * The message catalogues. A key names a screen and a thing on it; plural forms
 * end in _one, _few, _many and _other as i18next wants them.
 */
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** Languages that the window speaks. */
export const languages = ['en', 'pl'] as const;
export type Language = (typeof languages)[number];

/**
 * Each language that an account can have, by its own name: those that the window
 * speaks, then those in which it shows what apps say of themselves.
 */
export const languageNames = [
  { id: 'en', label: 'English' },
  { id: 'pl', label: 'Polski' },
  { id: 'de', label: 'Deutsch' },
  { id: 'es', label: 'Español' },
  { id: 'fr', label: 'Français' },
  { id: 'it', label: 'Italiano' },
  { id: 'ja', label: '日本語' },
  { id: 'nl', label: 'Nederlands' },
  { id: 'pt', label: 'Português' },
];

const catalogues: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('./en.json'),
  pl: () => import('./pl.json'),
};

/** The nearest language that the window speaks; English when there is none. */
export function nearest(language: string): Language {
  const base = language.toLowerCase().split(/[-_]/)[0];
  return languages.find((known) => known === base) ?? 'en';
}

/** Loads the catalogue of `language` and makes it the window's language. */
export async function speak(language: string): Promise<i18n> {
  const lng = nearest(language);
  const texts = await catalogues[lng]();
  if (!i18next.isInitialized) await initialise(lng);
  i18next.addResourceBundle(lng, 'translation', texts.default, true, true);
  await i18next.changeLanguage(lng);
  document.documentElement.lang = lng;
  return i18next;
}

async function initialise(lng: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
    react: { useSuspense: false },
  } as Parameters<typeof i18next.init>[0]);
}
