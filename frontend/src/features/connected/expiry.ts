/** What will end, by week and month. */
import type { Expiry } from '../../bridge/types';

const day = 86_400_000;
/** How many weeks the strip shows. */
export const weeks = 12;

export const endings = ['sign_in', 'access', 'client_secret', 'registration'] as const;
export const endingOf = (e: Pick<Expiry, 'what'>) =>
  endings.find((known) => known === e.what) ?? 'sign_in';

/** The Monday, at midnight here, of the week that `at` is in. */
export function weekOf(at: number): number {
  const monday = new Date(at);
  monday.setHours(0, 0, 0, 0);
  monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
  return monday.getTime();
}

function weekAfter(week: number, count: number): number {
  const monday = new Date(week);
  monday.setDate(monday.getDate() + 7 * count);
  return monday.getTime();
}

/** One part of the agenda. `from` is its first day, for months. */
export interface Span {
  id: 'past' | 'this_week' | 'next_week' | 'month';
  from: number;
  items: Expiry[];
}

/** Groups what ends: what is over, this week, next week, then month by month. */
export function agenda(all: Expiry[], now = Date.now()): Span[] {
  const spans = new Map<string, Span>();
  for (const item of all.toSorted((a, b) => a.at - b.at)) {
    const at = placeOf(item.at, now);
    const key = `${at.id} ${at.from}`;
    const span = spans.get(key) ?? { ...at, items: [] };
    span.items.push(item);
    spans.set(key, span);
  }
  return [...spans.values()];
}

function placeOf(at: number, now: number): Omit<Span, 'items'> {
  const week = weekOf(now);
  if (at < now) return { id: 'past', from: 0 };
  if (at < weekAfter(week, 1)) return { id: 'this_week', from: week };
  if (at < weekAfter(week, 2)) return { id: 'next_week', from: weekAfter(week, 1) };
  const month = new Date(at);
  return { id: 'month', from: new Date(month.getFullYear(), month.getMonth(), 1).getTime() };
}

/** One bar of the strip: how much ends in a week, and how much of it needs a person. */
export interface Week {
  from: number;
  count: number;
  byHand: number;
}

/** The next weeks, this one first. */
export function strip(all: Expiry[], now = Date.now()): Week[] {
  const first = weekOf(now);
  return Array.from({ length: weeks }, (_, index) => {
    const from = weekAfter(first, index);
    const items = all.filter(
      (e) => e.at >= Math.max(from, now) && e.at < weekAfter(first, index + 1),
    );
    return { from, count: items.length, byHand: items.filter((e) => !e.byItself).length };
  });
}

/** How pressing an end is that needs a person: within a week, within a month, or not yet. */
export function urgency(e: Expiry, now = Date.now()): 'critical' | 'warning' | 'quiet' | 'good' {
  if (e.byItself) return 'good';
  if (e.at - now < 7 * day) return 'critical';
  return e.at - now < 30 * day ? 'warning' : 'quiet';
}

/** How far ahead a day is: "tomorrow", "in 5 days", "in 3 weeks", "in 4 months". */
export function ahead(at: number, language: string, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / day);
  if (Math.abs(days) < 14) return format.format(days, 'day');
  if (Math.abs(days) < 60) return format.format(Math.round(days / 7), 'week');
  return format.format(Math.round(days / 30.4), 'month');
}
