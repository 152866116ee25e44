import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { catalogue } from '../bridge/api';
import { connectionsQuery } from '../bridge/query';
import type { Icon } from '../bridge/types';
import { matches } from '../lib/text';
import { useTranslation } from '../texts/useTranslation';
import { goTo } from '../ui/place';
import { useCommands } from './useCommands';

/** One line of the palette. */
export interface Entry {
  id: string;
  label: string;
  note?: string;
  icon?: Icon;
  run: () => void;
}

export interface Group {
  id: 'apps' | 'connected' | 'settings' | 'commands';
  entries: Entry[];
}

/** As many apps as still leave the other groups in view. */
const mostApps = 6;
const mostConnected = 6;

/** What the palette offers for the words typed so far; groups with nothing are left out. */
export function usePaletteEntries(text: string): Group[] {
  const words = text.trim();
  const commands = useCommands();
  const connected = useConnectedEntries().filter((entry) => fits(words, entry));
  const groups: Group[] = [
    { id: 'connected', entries: words ? connected.slice(0, mostConnected) : [] },
    { id: 'apps', entries: useAppEntries(words) },
    { id: 'settings', entries: useSettingsEntries().filter((entry) => fits(words, entry)) },
    { id: 'commands', entries: commands.filter((entry) => fits(words, entry)) },
  ];
  return groups.filter((group) => group.entries.length > 0);
}

function fits(words: string, entry: Entry): boolean {
  return matches(words, `${entry.label} ${entry.note ?? ''}`);
}

function useAppEntries(text: string): Entry[] {
  const search = { text, filters: [], sort: 'relevance', offset: 0, limit: mostApps };
  const { data } = useQuery({
    queryKey: ['catalogue', 'palette', text],
    queryFn: () => catalogue.Search(search),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  if (text === '') return [];
  return (data?.cards ?? []).map((card) => ({
    id: `app-${card.slug}`,
    label: card.name,
    note: card.tagline,
    icon: card.icon,
    run: () => goTo(['apps', card.slug]),
  }));
}

function useConnectedEntries(): Entry[] {
  const { data = [] } = useQuery(connectionsQuery);
  return data.map((connection) => ({
    id: `connection-${connection.id}`,
    label: connection.app,
    note: connection.account,
    icon: connection.icon,
    run: () => goTo(['connected', 'c', connection.id]),
  }));
}

const sections = [
  'account',
  'apps',
  'notifications',
  'mail',
  'background',
  'feeds',
  'data',
  'about',
] as const;

function useSettingsEntries(): Entry[] {
  const { t } = useTranslation();
  return sections.map((section) => ({
    id: `settings-${section}`,
    label: t(`settings.${section}`),
    run: () => goTo(['settings', section]),
  }));
}
