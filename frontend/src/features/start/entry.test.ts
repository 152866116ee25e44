import { expect, it } from 'vitest';
import { missingIn } from './entry';

const right = { accountName: 'Acme', language: 'en', personName: 'Ada', email: 'ada@example.com' };

it.each([
  [{}, []],
  [{ accountName: ' ' }, ['accountName']],
  [{ personName: '' }, ['personName']],
  [{ email: 'ada@example' }, ['email']],
  [{ email: 'ada example.com' }, ['email']],
  [{ email: ' ada@example.com ' }, []],
  [{ accountName: '', personName: '', email: '' }, ['accountName', 'personName', 'email']],
])('with %o is missing %j', (change, want) => {
  expect(missingIn({ ...right, ...change })).toEqual(want);
});
