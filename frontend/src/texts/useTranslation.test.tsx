import { act, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TranslationProvider } from './TranslationProvider';
import { speak } from './texts';
import { useTranslation } from './useTranslation';

function Word() {
  const { t, language } = useTranslation();
  return <p>{`${language}: ${t('common.cancel')}`}</p>;
}

it('speaks the next language as soon as it is spoken', async () => {
  await speak('en');
  render(<Word />, { wrapper: TranslationProvider });
  expect(screen.getByText('en: Cancel')).toBeTruthy();
  await act(() => speak('pl'));
  expect(screen.getByText('pl: Anuluj')).toBeTruthy();
});
