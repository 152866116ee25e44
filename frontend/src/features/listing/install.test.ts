import { expect, it } from 'vitest';
import { canStart, noteOf } from './install';

it.each([
  [true, '', true, undefined],
  [false, 'installed', false, 'installed'],
  [false, 'offline', false, 'offline'],
  [false, 'client_needed', true, 'client_needed'],
  [true, 'client_needed', true, 'client_needed'],
  [false, 'something new', false, 'not_connectable'],
  [false, '', false, 'not_connectable'],
])('allowed %s with reason %j starts: %s, note %s', (allowed, reason, starts, note) => {
  const install = { allowed, reason, connections: [] };
  expect(canStart(install)).toBe(starts);
  expect(noteOf(install)).toBe(note);
});
