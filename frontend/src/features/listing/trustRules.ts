import type { TrustRule } from '../../bridge/types';

/** The rules of app/listing/trust.go, of which each has words here. */
export const rules = [
  'publisher',
  'client',
  'permissions',
  'revocation',
  'facts',
  'documentation',
  'privacy',
] as const;
export type RuleID = (typeof rules)[number];
export type Verdict = 'good' | 'neutral' | 'poor';

export function isRule(id: string): id is RuleID {
  return (rules as readonly string[]).includes(id);
}

/** The rule's verdict; one that is not known counts as neutral, never as good. */
export function verdictOf(rule: TrustRule): Verdict {
  return rule.verdict === 'good' || rule.verdict === 'poor' ? rule.verdict : 'neutral';
}
