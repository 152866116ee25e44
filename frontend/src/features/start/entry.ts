import type { FirstStart } from '../../bridge/types';

/** What can be left out or wrong on the first start. */
export type Missing = 'accountName' | 'personName' | 'email';

/** Something before one @, something with a dot after it; Go judges the rest. */
const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Names what still has to be entered, in the order of the page. */
export function missingIn(entry: FirstStart): Missing[] {
  const missing: Missing[] = [];
  if (entry.accountName.trim() === '') missing.push('accountName');
  if (entry.personName.trim() === '') missing.push('personName');
  if (!emailShape.test(entry.email.trim())) missing.push('email');
  return missing;
}
