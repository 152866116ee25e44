import i18next from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { TranslationContext } from './useTranslation';

const spoken = () => ({ t: i18next.getFixedT(i18next.language), language: i18next.language });

/** Gives all below it the texts of the language that is spoken, and of the next once it is. */
export function TranslationProvider({ children }: { children: ReactNode }) {
  const [translation, setTranslation] = useState(spoken);
  useEffect(() => {
    const changed = () => setTranslation(spoken());
    i18next.on('languageChanged', changed);
    return () => i18next.off('languageChanged', changed);
  }, []);
  return <TranslationContext value={translation}>{children}</TranslationContext>;
}
