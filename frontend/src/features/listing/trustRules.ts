import type { TrustRule } from '../../bridge/types';

/** The rules of app/listing/trust.go, of which each has words here. */
export const rules = [
  'name',
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

/** Evidence that is no name, number or day but a case with words of its own. */
const cases = {
  'client own': 'listing.found.ownClient',
  'client secret': 'listing.found.secret',
  'client api_key': 'listing.found.keyUsed',
  'client forbidden': 'listing.found.forbidden',
  'permissions api_key': 'listing.found.keyWithoutLimits',
  'revocation api_key': 'listing.found.keyDeleted',
  'facts unverified': 'listing.found.unverified',
} as const;

/** The words for what the rule found, where the verdict alone does not say it. */
export function ownWords(id: RuleID, evidence: string) {
  const found = `${id} ${evidence}`;
  return found in cases ? cases[found as keyof typeof cases] : undefined;
}

/** The rule's verdict; one that is not known counts as neutral, never as good. */
export function verdictOf(rule: TrustRule): Verdict {
  return rule.verdict === 'good' || rule.verdict === 'poor' ? rule.verdict : 'neutral';
}

/** The app that is connected and that people may take this listing for. */
export function mistakenFor(trust: TrustRule[]): string | undefined {
  return trust.find(({ rule, verdict }) => rule === 'name' && verdict === 'poor')?.evidence;
}
