/** What the Alerts tab shows, and in which order. */
import type { Alert } from '../../bridge/types';

/** From worst to least. */
export const severities = ['critical', 'error', 'warning'] as const;
export type Severity = (typeof severities)[number];

/** A value of Alert.severity as one this window knows; what it does not know is an error. */
export function severityOf(alert: Pick<Alert, 'severity'>): Severity {
  return severities.find((known) => known === alert.severity) ?? 'error';
}

/** Worst first; among equals the oldest trouble, then by name, so that rows never jump. */
export function worstFirst(a: Alert, b: Alert): number {
  return (
    severities.indexOf(severityOf(a)) - severities.indexOf(severityOf(b)) ||
    a.since - b.since ||
    a.app.localeCompare(b.app) ||
    a.id.localeCompare(b.id)
  );
}

/** The alerts of one app. `slug` is empty for what concerns this whole computer. */
export interface Group {
  slug: string;
  app: string;
  alerts: Alert[];
}

/** Groups alerts by app; a group stands where its worst alert would. */
export function groupByApp(alerts: Alert[]): Group[] {
  const groups = new Map<string, Group>();
  for (const alert of alerts.toSorted(worstFirst)) {
    const group = groups.get(alert.slug) ?? { slug: alert.slug, app: alert.app, alerts: [] };
    group.alerts.push(alert);
    groups.set(alert.slug, group);
  }
  return [...groups.values()];
}

/** What is narrowed to; an empty field does not narrow. */
export interface AlertFilter {
  severity: string;
  kind: string;
  slug: string;
}

export const noFilter: AlertFilter = { severity: '', kind: '', slug: '' };

/** The filter that an address says. */
export function readFilter(params: URLSearchParams): AlertFilter {
  const of = (name: keyof AlertFilter) => params.get(name) ?? '';
  return { severity: of('severity'), kind: of('kind'), slug: of('slug') };
}

/** An address's parameters with this filter in place of the one they had. */
export function writeFilter(params: URLSearchParams, filter: AlertFilter): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(filter)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

/** Reports whether an alert passes a filter. */
export function passes(alert: Alert, filter: AlertFilter): boolean {
  return (
    (filter.severity === '' || severityOf(alert) === filter.severity) &&
    (filter.kind === '' || alert.kind === filter.kind) &&
    (filter.slug === '' || (alert.slug || 'this-computer') === filter.slug)
  );
}

/** Snoozed until later, or ignored until it changes: not asking for attention now. */
export function isQuiet(alert: Alert, now = Date.now()): boolean {
  return alert.ignored || alert.snoozedUntil > now;
}

/** The connections that a sign-in mends, worst first, each once. */
export function needSignIn(alerts: Alert[]): string[] {
  const ids = alerts
    .filter((alert) => alert.remedy === 'reconnect' && alert.connectionID !== '')
    .toSorted(worstFirst)
    .map((alert) => alert.connectionID);
  return [...new Set(ids)];
}
