import type { Plan, Pricing } from '../../bridge/types';

/** How often is paid. Prices are for a month in both. */
export type Cycle = 'monthly' | 'yearly';

/** What a plan costs a month: nothing, an amount, or no such offer. */
export type Price =
  | { kind: 'free' }
  | { kind: 'amount'; text: string; saved: string }
  | { kind: 'none' };

/** The price for a month, or null when the plan is not offered or priced that way. */
function amount(plan: Plan, cycle: Cycle): number | null {
  const price = cycle === 'monthly' ? plan.monthly : plan.yearly;
  return Number.isFinite(price) && price >= 0 ? price : null;
}

/** The cycles in which any plan has a price; the switch is of use when there are two. */
export function cyclesOf(pricing: Pricing): Cycle[] {
  const all: Cycle[] = ['monthly', 'yearly'];
  return all.filter((cycle) => pricing.plans.some((plan) => amount(plan, cycle) !== null));
}

/** An amount of money as the language writes it, without empty cents. */
export function money(value: number, currency: string, language: string): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  try {
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  } catch {
    return `${new Intl.NumberFormat(language).format(value)} ${currency}`.trim();
  }
}

/** What a plan shows in a cycle. `saved` is set when paying by the year is cheaper by 1 % or more. */
export function priceOf(plan: Plan, cycle: Cycle, language: string): Price {
  const price = amount(plan, cycle);
  if (price === null) return { kind: 'none' };
  if (price === 0) return { kind: 'free' };
  const text = money(price, plan.currency, language);
  return { kind: 'amount', text, saved: cycle === 'yearly' ? saving(plan, language) : '' };
}

function saving(plan: Plan, language: string): string {
  const [monthly, yearly] = [amount(plan, 'monthly'), amount(plan, 'yearly')];
  if (!monthly || yearly === null) return '';
  const part = 1 - yearly / monthly;
  if (part < 0.01) return '';
  return new Intl.NumberFormat(language, { style: 'percent' }).format(part);
}
