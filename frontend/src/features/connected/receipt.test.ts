import { expect, it } from 'vitest';
import { isUnfinished, outcomeOf } from './receipt';

const step = (done: boolean) => ({ id: '0', text: '', link: '', done });

it.each([
  ['revoked', [], false],
  ['revoked', [step(true)], false],
  ['revoked', [step(true), step(false)], true],
  ['not_offered', [], false],
  ['gave_up', [], false],
  ['pending', [], true],
  ['unheard of', [], true],
])('revocation %s with steps %j is unfinished: %s', (revoked, steps, want) => {
  expect(isUnfinished({ revoked, steps })).toBe(want);
});

it('takes an outcome it does not know for one that is still tried', () => {
  expect(outcomeOf({ revoked: 'unheard of' })).toBe('pending');
});
