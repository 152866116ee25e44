import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { statusQuery } from '../bridge/query';
import { useFaultText } from '../bridge/useFaultText';
import { nearest, speak } from '../texts/texts';
import { useTranslation } from '../texts/useTranslation';
import { Trouble } from '../ui/Trouble';
import { Toasts } from '../ui/toast';
import { Banners } from './Banners';
import { ErrorBoundary } from './ErrorBoundary';
import { Frame } from './Frame';
import { useHabits } from './habits';
import { useReports } from './useReports';

const StartPage = lazy(() => import('../features/start/StartPage'));

/** The whole window: first start, or the frame with its pages. */
export function Shell() {
  const { t } = useTranslation();
  const status = useQuery(statusQuery);
  const language = nearest(status.data?.language ?? 'en');
  useEffect(() => {
    speak(language);
  }, [language]);
  useHabits();
  useReports();
  return (
    <I18nProvider locale={language}>
      <ErrorBoundary>
        {status.isError ? <NotStarted error={status.error} retry={status.refetch} /> : null}
        {status.data?.firstStart ? (
          <Suspense>
            <StartPage language={language}>
              <Banners status={status.data} />
            </StartPage>
          </Suspense>
        ) : null}
        {status.data && !status.data.firstStart ? <Frame status={status.data} /> : null}
      </ErrorBoundary>
      <Suspense>
        <Toasts label={t('shell.messages')} closeLabel={t('common.close')} />
      </Suspense>
    </I18nProvider>
  );
}

function NotStarted({ error, retry }: { error: Error; retry: () => unknown }) {
  const { t } = useTranslation();
  const fault = useFaultText()(error);
  return (
    <main>
      <Trouble
        title={t('shell.starting.title')}
        body={`${t('shell.starting.body')} ${fault.body}`}
        onRetry={retry}
        level={1}
        retryLabel={t('common.tryAgain')}
      />
    </main>
  );
}
