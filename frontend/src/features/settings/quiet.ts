/** The times from and to which nothing but critical alerts interrupts; empty for none. */
export interface Quiet {
  from: string;
  to: string;
}

/** What quiet hours begin with when they are switched on. */
export const usualQuiet: Quiet = { from: '22:00', to: '07:00' };

/** Whether a text is a time of day as hours and minutes, 00:00 to 23:59. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Brings what people type ("7", "7.30", "22:5") to hours and minutes; as it is when it is no time. */
export function asTime(text: string): string {
  const match = /^(\d{1,2})(?:[:.](\d{1,2}))?$/.exec(text.trim());
  if (!match) return text.trim();
  const [, hours = '', minutes = '0'] = match;
  const time = `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
  return isTime(time) ? time : text.trim();
}
