import type { Receipt } from '../../bridge/types';

export const outcomes = ['revoked', 'pending', 'gave_up', 'not_offered'] as const;
export type RevokeOutcome = (typeof outcomes)[number];

/** How the revocation went; what this window does not know counts as still tried. */
export function outcomeOf({ revoked }: Pick<Receipt, 'revoked'>): RevokeOutcome {
  return outcomes.find((known) => known === revoked) ?? 'pending';
}

/** Whether something of an uninstall is still to be done, by a person or by Patchbay. */
export function isUnfinished(receipt: Pick<Receipt, 'revoked' | 'steps'>): boolean {
  return receipt.steps.some((step) => !step.done) || outcomeOf(receipt) === 'pending';
}

const hindrances = ['keychain_locked', 'keychain_absent', 'keychain_key_lost'] as const;

/** What kept Patchbay from asking the provider at all; null when it asked, or had no need. */
export function hindranceOf({
  revoked,
  revokeDetail,
}: Pick<Receipt, 'revoked' | 'revokeDetail'>): (typeof hindrances)[number] | null {
  if (revoked === 'revoked') return null;
  return hindrances.find((known) => known === revokeDetail) ?? null;
}

const facts = ['tokens', 'permissions', 'account', 'activity', 'receipt'] as const;

/** The facts on a receipt that this window has words for. */
export function factOf(label: string): (typeof facts)[number] | null {
  return facts.find((known) => known === label) ?? null;
}
