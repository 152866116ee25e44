import { useTranslation } from '../../texts/useTranslation';

/** Writes a day given as YYYY-MM-DD as the language does; empty when it is no day. */
export function useDay(): (day: string) => string {
  const { language } = useTranslation();
  return (day) => {
    const at = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(at)) return '';
    const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
    return format.format(at);
  };
}
