import { useTranslation } from 'react-i18next';

/** Writes a day given as YYYY-MM-DD as the language does; empty when it is no day. */
export function useDay(): (day: string) => string {
  const { i18n } = useTranslation();
  return (day) => {
    const at = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(at)) return '';
    const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: 'UTC' });
    return format.format(at);
  };
}
