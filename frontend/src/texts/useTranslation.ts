import i18next from 'i18next';
import { createContext, useContext } from 'react';

/** What a component says, and in which language; a new value when that changes. */
export interface Translation {
  t: typeof i18next.t;
  language: string;
}

/** Without a provider the language is the one that is spoken, followed by nobody. */
export const TranslationContext = createContext<Translation>({
  t: i18next.t,
  get language() {
    return i18next.language;
  },
});

/**
 * The window's texts. Hundreds of components on a page ask for them, so this costs
 * each no more than a look, where react-i18next's hook of that name keeps for each
 * a copy of the whole of i18next.
 */
export function useTranslation(): Translation {
  return useContext(TranslationContext);
}
