import { describe, expect, it } from 'vitest';
import { isRule, mistakenFor, ownWords, verdictOf } from './trustRules';

describe('trust rules', () => {
  it('keep to the rules and verdicts that have words', () => {
    expect(isRule('revocation')).toBe(true);
    expect(isRule('toString')).toBe(false);
    expect(verdictOf({ rule: 'x', verdict: 'splendid', evidence: '', link: '' })).toBe('neutral');
  });

  it('say what a key does in words of its own', () => {
    expect(ownWords('permissions', 'api_key')).toBe('listing.found.keyWithoutLimits');
    expect(ownWords('revocation', 'api_key')).toBe('listing.found.keyDeleted');
    expect(ownWords('client', 'secret')).toBe('listing.found.secret');
  });

  it('leave names, numbers and days to the verdict', () => {
    expect(ownWords('publisher', 'api_key')).toBeUndefined();
    expect(ownWords('permissions', '3')).toBeUndefined();
    expect(ownWords('facts', '2026-11-23')).toBeUndefined();
  });

  it('name the app that the listing can be taken for', () => {
    const name = { rule: 'name', link: '' };
    const other = { rule: 'publisher', verdict: 'poor', evidence: 'Acme', link: '' };
    const alike = { ...name, verdict: 'poor', evidence: 'Slack' };
    expect(mistakenFor([other, alike])).toBe('Slack');
    expect(mistakenFor([other, { ...name, verdict: 'good', evidence: 'Slack' }])).toBeUndefined();
  });
});
