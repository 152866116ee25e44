import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { settings } from '../../bridge/api';
import { connectionsQuery, mutedQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Switch } from '../../ui/Switch';
import { Group, Row, Wide } from './Group';
import styles from './MutedApps.module.css';
import { type App, appsToTell } from './muted';

/** Which apps may reach the desktop. */
export function MutedApps({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useTranslation();
  const { data: connections } = useQuery(connectionsQuery);
  const { data: muted } = useQuery(mutedQuery);
  if (!connections || !muted) return null;
  const apps = appsToTell(connections, muted);
  return (
    <Group title={t('settings.muted')}>
      {apps.length === 0 && <Row title={t('settings.mutedNone')} />}
      {apps.map((app) => (
        <Wide key={app.slug}>
          <AppSwitch app={app} isDisabled={isDisabled} />
        </Wide>
      ))}
    </Group>
  );
}

function AppSwitch({ app, isDisabled }: { app: App; isDisabled: boolean }) {
  const client = useQueryClient();
  const mute = useMutation({
    mutationFn: (on: boolean) => settings.Mute(app.slug, !on),
    onSuccess: (muted) => client.setQueryData(mutedQuery.queryKey, muted),
    onError: report,
  });
  return (
    <Switch
      isSelected={mute.isPending ? mute.variables : !app.muted}
      onChange={mute.mutate}
      isDisabled={isDisabled}
    >
      <span className={styles.app}>
        <AppIcon icon={app.icon} name={app.name} size={24} />
        {app.name}
      </span>
    </Switch>
  );
}
