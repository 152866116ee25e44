import type { TFunction } from 'i18next';
import { codes } from '../../bridge/fault';
import { states } from './state';

/** What something came to, a state or an answer: in words, or as the provider said it. */
export function inWords(t: TFunction, answer: string): string {
  const state = states.find((known) => known === answer);
  if (state) return t(`state.name.${state}`);
  const code = codes.find((known) => known === answer);
  return code ? t(`fault.${code}.title`) : answer;
}
