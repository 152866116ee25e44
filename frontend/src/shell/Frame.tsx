import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { system } from '../bridge/api';
import { onEvent } from '../bridge/events';
import { preferencesQuery } from '../bridge/query';
import { report } from '../bridge/report';
import type { Status } from '../bridge/types';
import { onUnanswered } from '../lib/intent';
import { useTranslation } from '../texts/useTranslation';
import { goTo } from '../ui/place';
import { useMedia } from '../ui/useMedia';
import { Banners } from './Banners';
import styles from './Frame.module.css';
import { Header } from './Header';
import type { Wish } from './keys';
import { Pages } from './Pages';
import { PaletteHost } from './PaletteHost';
import { Rail } from './Rail';
import { useNotifications } from './useNotifications';
import { useWishes } from './useWishes';

const Flows = lazy(() => import('./Flows'));
const CloseDialog = lazy(() => import('./CloseDialog'));

/** Below this the rail has room for icons only. */
const narrow = '(max-width: 859px)';

/** The frame of the window: rail, header, what holds for all pages, and the page. */
export function Frame({ status }: { status: Status }) {
  const { t } = useTranslation();
  const preferences = useQuery(preferencesQuery).data;
  const isNarrow = useMedia(narrow);
  const [palette, setPalette] = useState(false);
  const [flows, setFlows] = useState(false);
  const [closing, setClosing] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => onUnanswered(() => setFlows(true)), []);
  useEffect(() => onEvent('close:asked', () => setClosing(true)), []);
  useNotifications();
  useWishes((wish) => grant(wish, search.current, setPalette));
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={toContent}>
        {t('shell.toContent')}
      </button>
      <Rail collapsed={isNarrow || Boolean(preferences?.railCollapsed)} fixed={isNarrow} />
      <div className={styles.column}>
        <Header inputRef={search} onPalette={() => setPalette(true)} />
        <Banners status={status} />
        <Pages />
      </div>
      {palette && <PaletteHost onClose={() => setPalette(false)} />}
      <Suspense>
        {flows && <Flows />}
        {closing && <CloseDialog onClose={() => setClosing(false)} />}
      </Suspense>
    </div>
  );
}

function toContent(): void {
  document.getElementById('content')?.focus();
}

function grant(wish: Wish, search: HTMLInputElement | null, setPalette: (open: boolean) => void) {
  switch (wish) {
    case 'palette':
      return setPalette(true);
    case 'search':
      search?.focus();
      return search?.select();
    case 'settings':
      return goTo(['settings', 'account']);
    case 'quit':
      return void system.Quit().catch(report);
    case 'back':
      return window.history.back();
    case 'forward':
      return window.history.forward();
  }
}
