import { expect, it } from 'vitest';
import { hindranceOf, isUnfinished, outcomeOf } from './receipt';

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

it.each([
  ['pending', 'keychain_locked', 'keychain_locked'],
  ['gave_up', 'keychain_key_lost', 'keychain_key_lost'],
  ['pending', '503', null],
  ['revoked', 'keychain_locked', null],
])('revocation %s with %s was kept from asking by %s', (revoked, revokeDetail, want) => {
  expect(hindranceOf({ revoked, revokeDetail })).toBe(want);
});
