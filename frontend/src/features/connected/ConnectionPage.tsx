import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { toFault } from '../../bridge/fault';
import { alertsQuery } from '../../bridge/query';
import type { Connection, ConnectionDetail } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { startAddPermissions } from '../../lib/intent';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { PlaceLink } from '../../ui/Link';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { ActionsMenu } from './ActionsMenu';
import { ActivityList } from './ActivityList';
import styles from './ConnectionPage.module.css';
import { Facts } from './Facts';
import { Permissions } from './Permissions';
import { connectionQuery } from './queries';
import { StateMark } from './StateMark';
import { helpOf, stateOf, toneOf } from './state';
import { Technical } from './Technical';
import { useConnectionActions } from './useConnectionActions';

/** The page of one connection. */
export default function ConnectionPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const query = useQuery(connectionQuery(id));
  if (query.data) return <Detail detail={query.data} />;
  if (query.isPending) return <Skeleton label={t('common.loading')} look="page" />;
  const gone = toFault(query.error).code === 'not_found';
  return (
    <div>
      <Back />
      <Trouble
        {...faultText(query.error)}
        onRetry={gone ? undefined : () => query.refetch()}
        retryLabel={t('common.tryAgain')}
      />
    </div>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <div className={styles.back}>
      <ChevronLeft size={14} aria-hidden />
      <PlaceLink to="#/connected/all">{t('connected.title')}</PlaceLink>
    </div>
  );
}

function Detail({ detail }: { detail: ConnectionDetail }) {
  const { t } = useTranslation();
  const { connection } = detail;
  const going = stateOf(connection) === 'uninstalling';
  return (
    <div className={styles.page}>
      <Back />
      <Head connection={connection} />
      <StateBox connection={connection} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Section title={t('connected.permissions')}>
            <Permissions
              permissions={detail.permissions}
              onAdd={going ? undefined : () => startAddPermissions(connection.id)}
            />
          </Section>
          <Section title={t('activity.title')}>
            {detail.activity.length > 0 ? (
              <ActivityList activity={detail.activity} oneConnection />
            ) : (
              <EmptyState icon={null} title={t('activity.noneTitle')} />
            )}
          </Section>
        </div>
        <aside className={styles.aside}>
          <Section title={t('connected.about')}>
            <Facts detail={detail} />
          </Section>
          <Technical detail={detail} />
        </aside>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Head({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { app, icon, account, name, purpose, sandbox } = connection;
  return (
    <header className={styles.head}>
      <AppIcon icon={icon} name={app} size={40} />
      <div className={styles.title}>
        <h1>
          {name || app} {sandbox && <Badge>{t('common.sandbox')}</Badge>}
        </h1>
        <p className={styles.quiet}>
          {[name && app, account, purpose].filter(Boolean).join(' · ')}
        </p>
      </div>
      <ActionsMenu
        withOpen={false}
        connection={connection}
        trigger={
          <Button>
            {t('connected.actions')}{' '}
            <ChevronDown size={12} className={styles.chevron} aria-hidden />
          </Button>
        }
      />
    </header>
  );
}

/** How the connection stands, what that means, and what helps. */
function StateBox({ connection }: { connection: Connection }) {
  const { t, language } = useTranslation();
  const { run, running } = useConnectionActions(connection);
  const alerts = useQuery(alertsQuery).data ?? [];
  const alert = alerts.find((a) => a.connectionID === connection.id);
  const state = stateOf(connection);
  const help = helpOf(state, alert?.remedy);
  return (
    <div className={styles.state} data-tone={toneOf(state)}>
      <div className={styles.stateWords} role="status">
        <p className={styles.stateLine}>
          <StateMark state={state} />
          {state !== 'connected' && (
            <span className={styles.quiet}>{ago(connection.stateSince, language)}</span>
          )}
        </p>
        {!alert && <p>{t(`state.why.${state}`, { app: connection.app })}</p>}
        {alert && (
          <p>
            {alert.sentence} {alert.effect}{' '}
            <PlaceLink to={`#/connected/alerts?open=${encodeURIComponent(alert.id)}`}>
              {t('connected.seeAlert')}
            </PlaceLink>
          </p>
        )}
      </div>
      {help && (
        <Button look="primary" isPending={running === help} onPress={() => run(help)}>
          {t(`connected.action.${help}`)}
        </Button>
      )}
    </div>
  );
}
