/** What the window knows of e-mail; the words of Go's packages outbox and alert/report. */
import type { MailEntry, MailServer } from '../../bridge/types';

/** From safest to least. */
export const securities = ['starttls', 'tls', 'none'] as const;
export type Security = (typeof securities)[number];

export const paces = ['immediate', 'hourly', 'daily'] as const;
export type Pace = (typeof paces)[number];

/** The problems of app/outbox; a test reads problem.go and holds the two together. */
export const problems = [
  'host_unknown',
  'unreachable',
  'too_slow',
  'not_mail',
  'server_refused',
  'no_tls',
  'bad_certificate',
  'sign_in_refused',
  'no_sign_in',
  'sender_refused',
  'recipient_refused',
  'letter_refused',
  'try_later',
  'unsure',
  'offline',
  'password_unreadable',
  'expired',
] as const;

/** A problem that this window has words for; what it does not know is like silence. */
export function problemOf(problem: string): (typeof problems)[number] {
  return problems.find((known) => known === problem) ?? 'not_mail';
}

export const securityOf = (value: string): Security =>
  securities.find((known) => known === value) ?? 'starttls';
export const paceOf = (value: string): Pace => paces.find((known) => known === value) ?? 'daily';

const usualPorts: Record<Security, number> = { starttls: 587, tls: 465, none: 25 };

/** The form for a server, as text. Without one it offers what is usual. */
export function draftOf(server: MailServer, email: string) {
  return {
    host: server.host,
    port: String(server.port || usualPorts.starttls),
    security: securityOf(server.security),
    user: server.user,
    password: '',
    fromName: server.known ? server.fromName : 'Patchbay',
    fromEmail: server.fromEmail || email,
  };
}

export type Draft = ReturnType<typeof draftOf>;

/** Another security brings its usual port, unless the port was chosen by hand. */
export function withSecurity(draft: Draft, security: Security): Draft {
  const usual = String(usualPorts[draft.security]) === draft.port;
  return { ...draft, security, port: usual ? String(usualPorts[security]) : draft.port };
}

/** What is sent to Go; a port that is no number is one that Go refuses. */
export function entryOf(draft: Draft): MailEntry {
  return { ...draft, port: /^\d{1,5}$/.test(draft.port.trim()) ? Number(draft.port) : -1 };
}
