import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { draftOf, entryOf, problems, withSecurity } from './mail';

it('knows every problem that Go can tell', () => {
  const source = readFileSync('../app/outbox/problem.go', 'utf8');
  const told = [...source.matchAll(/Problem = "(\w+)"/g)].map(([, word]) => word);
  expect([...problems].sort()).toEqual(told.sort());
});

const none = {
  known: false,
  host: '',
  port: 0,
  security: '',
  user: '',
  hasPassword: false,
  fromName: '',
  fromEmail: '',
  problem: '',
  said: '',
};

it('offers what is usual', () => {
  expect(draftOf(none, 'ada@example.com')).toMatchObject({
    port: '587',
    security: 'starttls',
    fromName: 'Patchbay',
    fromEmail: 'ada@example.com',
  });
});

it('changes the port with the security, but not one that was chosen', () => {
  const draft = draftOf(none, '');
  expect(withSecurity(draft, 'tls').port).toBe('465');
  expect(withSecurity({ ...draft, port: '2525' }, 'tls').port).toBe('2525');
});

it.each([
  ['587', 587],
  [' 25', 25],
  ['', -1],
  ['x', -1],
  ['1e3', -1],
])('%j is the port %d', (port, want) => {
  expect(entryOf({ ...draftOf(none, ''), port }).port).toBe(want);
});
