/** Times in words. Instants are milliseconds since 1970, as Go sends them; 0 is "never". */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const steps: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['minute', minute, hour],
  ['hour', hour, day],
  ['day', day, 14 * day],
];

/**
 * How long ago, roughly: "now", "5 min. ago", "yesterday", and the date once it
 * is two weeks away. Works for times to come as well.
 */
export function ago(at: number, language: string, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const distance = at - now;
  if (Math.abs(distance) < minute) return format.format(0, 'second');
  for (const [unit, size, limit] of steps) {
    if (Math.abs(distance) < limit) return format.format(Math.trunc(distance / size), unit);
  }
  return date(at, language, now);
}

/** A day: "3 Nov", with the year when it is another one. */
export function date(at: number, language: string, now = Date.now()): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? undefined : 'numeric';
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year }).format(at);
}

/** A day and the minute, for details. */
export function dateTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** A time within the next days: "14:05" today, "Mon 08:00" on another day. */
export function soon(at: number, language: string, now = Date.now()): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, {
    weekday: today ? undefined : 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** Eight o'clock in the morning, `days` days after `now`, where this machine is. */
export function morning(days: number, now = Date.now()): number {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(8, 0, 0, 0);
  return at.getTime();
}

/** Eight o'clock on the Monday after `now`. */
export function nextMonday(now = Date.now()): number {
  return morning((8 - new Date(now).getDay()) % 7 || 7, now);
}
