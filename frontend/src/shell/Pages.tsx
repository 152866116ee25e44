import { Compass } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { startConnect } from '../lib/intent';
import { useTranslation } from '../texts/useTranslation';
import { EmptyState } from '../ui/EmptyState';
import { PlaceLink } from '../ui/Link';
import { usePlace } from '../ui/place';
import { Skeleton } from '../ui/Skeleton';
import { ErrorBoundary } from './ErrorBoundary';
import styles from './Pages.module.css';
import { useArrival } from './useArrival';

const DiscoverPage = lazy(() => import('../features/discover/DiscoverPage'));
const ListingPage = lazy(() => import('../features/listing/ListingPage'));
const ComparePage = lazy(() => import('../features/listing/ComparePage'));
const ConnectedPage = lazy(() => import('../features/connected/ConnectedPage'));
const ConnectionPage = lazy(() => import('../features/connected/ConnectionPage'));
const AlertsTab = lazy(async () => ({
  default: (await import('../features/alerts/AlertsTab')).AlertsTab,
}));
const SettingsPage = lazy(() => import('../features/settings/SettingsPage'));

/** The page that the address names, in the part of the window that scrolls. */
export function Pages() {
  const { t } = useTranslation();
  const { path } = usePlace();
  const main = useRef<HTMLElement>(null);
  const key = path.join('/');
  useArrival(main, key);
  return (
    <main id="content" ref={main} className={styles.main} tabIndex={-1} data-scroller>
      <ErrorBoundary key={pageOf(path)}>
        <Suspense fallback={<Skeleton label={t('common.loading')} />}>
          <Page path={path} />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

/** What counts as one page: its tabs and sections keep the focus when one follows the other. */
function pageOf([part = 'discover', rest = '', id = '']: string[]): string {
  if (part === 'apps' || rest === 'c') return `${part}/${rest}/${id}`;
  return part;
}

function Page({ path }: { path: string[] }) {
  const [part = 'discover', rest = '', id = ''] = path;
  switch (part) {
    case 'discover':
      return <DiscoverPage />;
    case 'apps':
      return <ListingPage slug={rest} onInstall={startConnect} />;
    case 'compare':
      return <ComparePage />;
    case 'connected':
      return <Connected tab={rest} id={id} />;
    case 'settings':
      return <SettingsPage section={rest} />;
    default:
      return <Nowhere />;
  }
}

function Connected({ tab, id }: { tab: string; id: string }) {
  const { t } = useTranslation();
  if (tab === 'c') return <ConnectionPage id={id} />;
  const alerts = (
    <Suspense fallback={<Skeleton label={t('common.loading')} />}>
      <AlertsTab />
    </Suspense>
  );
  return <ConnectedPage tab={tab} alerts={alerts} />;
}

function Nowhere() {
  const { t } = useTranslation();
  const action = <PlaceLink to="#/discover">{t('shell.discover')}</PlaceLink>;
  return (
    <EmptyState
      level={1}
      icon={<Compass size={20} />}
      title={t('shell.nowhere.title')}
      action={action}
    >
      {t('shell.nowhere.body')}
    </EmptyState>
  );
}
