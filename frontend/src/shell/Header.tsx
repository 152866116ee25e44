import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { Command } from 'lucide-react';
import type { Ref } from 'react';
import { loadResults, pageOf } from '../features/discover/results';
import { asks } from '../features/discover/search';
import { useTranslation } from '../texts/useTranslation';
import { IconButton } from '../ui/IconButton';
import { goTo, placeNow, usePlace } from '../ui/place';
import { SearchField } from '../ui/SearchField';
import styles from './Header.module.css';
import { isMac } from './keys';

export interface HeaderProps {
  inputRef: Ref<HTMLInputElement>;
  onPalette: () => void;
}

/** The bar above every page: the one search field, and the way to the palette. */
export function Header({ inputRef, onPalette }: HeaderProps) {
  const { t } = useTranslation();
  return (
    <header className={styles.header}>
      <search className={styles.search}>
        <Search inputRef={inputRef} />
      </search>
      <IconButton label={`${t('shell.palette.title')} (${keys.palette})`} onPress={onPalette}>
        <Command aria-hidden="true" />
      </IconButton>
    </header>
  );
}

const keys = isMac() ? { search: '⌘ F', palette: '⌘ K' } : { search: 'Ctrl F', palette: 'Ctrl K' };

function Search({ inputRef }: Pick<HeaderProps, 'inputRef'>) {
  const { t } = useTranslation();
  const place = usePlace();
  const client = useQueryClient();
  return (
    <SearchField
      label={t('shell.search')}
      clearLabel={t('common.clear')}
      value={isDiscover(place.path) ? (place.params.get('q') ?? '') : ''}
      onChange={(text) => searchFor(text, client)}
      onKeyDown={(event) => event.key === 'ArrowDown' && toResults()}
      onSubmit={toResults}
      onFocus={loadResults}
      inputRef={inputRef}
      keys={keys.search}
    />
  );
}

function isDiscover(path: string[]): boolean {
  return path.length === 0 || path[0] === 'discover';
}

/**
 * Leads to Discover with the words; the first keystroke is a step that Back undoes,
 * the rest are not. The question leaves before anything is drawn for it.
 */
function searchFor(text: string, client: QueryClient): void {
  const { path, params } = placeNow();
  const here = isDiscover(path);
  const next = here ? new URLSearchParams(params) : new URLSearchParams();
  const typing = here && (params.has('q') || text === '');
  if (text) next.set('q', text);
  else next.delete('q');
  if (asks(next)) client.prefetchQuery(pageOf(next, 0));
  goTo(['discover'], next, typing);
}

function toResults(): void {
  document.querySelector<HTMLElement>('[data-results] a')?.focus();
}
