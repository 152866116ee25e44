import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from '../texts/useTranslation';
import { Trouble } from '../ui/Trouble';

interface Caught {
  error: Error | undefined;
}

/** Keeps a page that breaks from taking the window with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, Caught> {
  override state: Caught = { error: undefined };

  static getDerivedStateFromError(error: Error): Caught {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Broken error={error} retry={() => this.setState({ error: undefined })} />;
  }
}

function Broken({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Trouble
        title={t('shell.broken.title')}
        body={t('shell.broken.body')}
        level={1}
        onRetry={retry}
        retryLabel={t('common.tryAgain')}
      />
      <details>
        <summary>{t('shell.broken.details')}</summary>
        <pre data-content>{error.stack ?? error.message}</pre>
      </details>
    </>
  );
}
