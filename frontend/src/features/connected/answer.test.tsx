import { expect, it } from 'vitest';
import { speak } from '../../texts/texts';
import { inWords } from './answer';

it('has words for what Patchbay knows, and leaves what the provider said', async () => {
  const { t } = await speak('en');
  expect(inWords(t, 'revoked')).toBe('Access revoked');
  expect(inWords(t, 'timeout')).toBe('No answer in time');
  expect(inWords(t, 'invalid_grant')).toBe('invalid_grant');
  expect(inWords(t, '503')).toBe('503');
  expect(inWords(t, '')).toBe('');
});
