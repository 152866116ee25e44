/**
 * What a person enters before a sign-in, checked as it is typed. Go checks it
 * again with the same pattern; here it only saves a round trip.
 */
import type { Permission, Variable } from '../../bridge/types';

/** A variable's value stands: nothing yet, not as the pattern wants it, or right. */
export type Check = 'empty' | 'wrong' | 'right';

const longest = 250;

/** A group with a repetition inside that is itself repeated can take for ever to fail. */
const repeatedRepetition = /[+*}][^()]*\)[+*{]/;

/**
 * Compiles a listing's pattern. The pattern comes from a stranger and is meant
 * for RE2: one that JavaScript does not know, or could hang on, is left to Go.
 */
export function compile(pattern: string): RegExp | null {
  if (pattern === '' || repeatedRepetition.test(pattern)) return null;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}

/** Checks one value. A pattern that cannot be used here passes everything. */
export function check(variable: Variable, value: string): Check {
  const text = value.trim();
  if (text === '') return 'empty';
  if (text.length > longest) return 'wrong';
  return compile(variable.pattern)?.test(text) === false ? 'wrong' : 'right';
}

/** The values to begin with: defaults, or nothing. */
export function defaults(variables: Variable[]): Record<string, string> {
  return Object.fromEntries(variables.map((v) => [v.name, v.default]));
}

/** Whether every variable is right. */
export function complete(variables: Variable[], values: Record<string, string>): boolean {
  return variables.every((v) => check(v, values[v.name] ?? '') === 'right');
}

const place = /\{\{\s*variables\.([A-Za-z0-9_]+)\s*\}\}/g;

/** The variables that an address has places for. */
export function placesIn(address: string, variables: Variable[]): Variable[] {
  const names = new Set([...address.matchAll(place)].map(([, name]) => name));
  return variables.filter((v) => names.has(v.name));
}

/** An address with its places filled in, or nothing while a value is missing or wrong. */
export function fill(
  address: string,
  variables: Variable[],
  values: Record<string, string>,
): string {
  const asked = placesIn(address, variables);
  if (!complete(asked, values)) return '';
  const known = new Set(asked.map((v) => v.name));
  const filled = address.replace(place, (whole, name: string) =>
    known.has(name) ? (values[name] ?? '').trim() : whole,
  );
  return filled.includes('{{') ? '' : filled;
}

/** Values as Go takes them, without the spaces that copying brings. */
export function named(values: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: value.trim() }));
}

/** Values as [named] made them, by their names. */
export function byName(values: { name: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}

/**
 * What the listing asks for now against what was asked for before: what a reconnect
 * adds and drops, and what could be added if somebody wants it.
 */
export function compare(now: Permission[], before: Permission[]) {
  const has = (list: Permission[], { scope }: Permission) => list.some((p) => p.scope === scope);
  const more = now.filter((p) => !has(before, p));
  return {
    added: more.filter((p) => !p.optional),
    dropped: before.filter((p) => !has(now, p)),
    optional: more.filter((p) => p.optional),
  };
}

/** A time as a date field has it, where this machine is; empty for 0. */
export function dayOf(at: number): string {
  if (at === 0) return '';
  const day = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The beginning of the day in a date field, so that nobody is warned too late; 0 for none. */
export function endOf(day: string): number {
  const at = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? 0 : at;
}
