import i18next from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { kept } from '../lib/kept';
import { type Translation, TranslationContext } from './useTranslation';

function spoken(): Translation {
  const { language } = i18next;
  const t = i18next.getFixedT(language);
  // i18next takes its time for each text, and lists ask for the same few in every row.
  const plain = new Map<string, string>();
  const quick = (key: string, options?: object) =>
    options ? t(key as never, options as never) : kept(plain, key, () => t(key as never));
  return { t: quick as Translation['t'], language };
}

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
