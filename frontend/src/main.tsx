import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import {
  accountQuery,
  alertsQuery,
  connectionsQuery,
  followEvents,
  homeQuery,
  newQueryClient,
  preferencesQuery,
  statusQuery,
} from './bridge/query';
import { TranslationProvider } from './texts/TranslationProvider';
import { speak } from './texts/texts';
import { loadBrands } from './ui/brands';

// Everything the first screen needs is asked for at once, before anything is drawn.
const client = newQueryClient();
const status = client.fetchQuery(statusQuery);
const shell = import('./shell/Shell');
client.prefetchQuery(homeQuery);
client.prefetchQuery(preferencesQuery);
status.then(prefetchAccount, () => undefined);
loadBrands();
followEvents(client);

/** Before the first start there is no account to ask for. */
function prefetchAccount({ firstStart }: { firstStart: boolean }): void {
  if (firstStart) return;
  client.prefetchQuery(accountQuery);
  client.prefetchQuery(connectionsQuery);
  client.prefetchQuery(alertsQuery);
}

async function start(): Promise<void> {
  const language = await status.then(
    (known) => known.language,
    () => navigator.language,
  );
  const [{ Shell }] = await Promise.all([shell, speak(language)]);
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <TranslationProvider>
          <Shell />
        </TranslationProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

start();
