/** The codes of app/fault, in its order; a test reads fault.go and holds the two together. */
export const codes = [
  'invalid',
  'not_found',
  'conflict',
  'forbidden',
  'offline',
  'timeout',
  'rate_limited',
  'unavailable',
  'untrusted',
  'sign_in_needed',
  'denied',
  'canceled',
  'client_misconfigured',
  'port_in_use',
  'no_browser',
  'keychain_absent',
  'keychain_locked',
  'keychain_key_lost',
  'storage_failed',
  'internal',
] as const;

export type Code = (typeof codes)[number];

/** How loud a fault is shown. `silent` is not shown at all: the person did it. */
export type FaultSeverity = 'silent' | 'warning' | 'error';

/** severities says how loud each fault is; its words are in texts under `fault.<code>`. */
export const severities: Record<Code, FaultSeverity> = {
  invalid: 'warning',
  not_found: 'warning',
  conflict: 'warning',
  forbidden: 'warning',
  offline: 'warning',
  timeout: 'warning',
  rate_limited: 'warning',
  unavailable: 'warning',
  untrusted: 'error',
  sign_in_needed: 'warning',
  denied: 'warning',
  canceled: 'silent',
  client_misconfigured: 'error',
  port_in_use: 'error',
  no_browser: 'error',
  keychain_absent: 'error',
  keychain_locked: 'error',
  keychain_key_lost: 'error',
  storage_failed: 'error',
  internal: 'error',
};

/**
 * Fault is every error that a call can end with. `field` names the input to
 * blame, or is empty; `message` is technical and for details only: the words
 * for people come from the code.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    readonly code: Code,
    message: string,
    readonly field = '',
  ) {
    super(message);
  }
}

function isCode(value: unknown): value is Code {
  return (codes as readonly unknown[]).includes(value);
}

/** Parses the JSON text of an error from Go; whatever is not understood is `internal`. */
export function parseFault(text: string): Fault {
  try {
    const { code, field, message } = JSON.parse(text);
    const known = isCode(code) ? code : 'internal';
    return new Fault(known, String(message ?? ''), String(field ?? ''));
  } catch {
    return new Fault('internal', text);
  }
}

/** Turns anything that was thrown into a Fault. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof Error) return parseFault(error.message);
  return parseFault(String(error));
}
