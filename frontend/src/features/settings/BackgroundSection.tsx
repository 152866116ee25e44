import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { settings, system } from '../../bridge/api';
import { loginQuery } from '../../bridge/query';
import { report } from '../../bridge/report';
import { usePreferences } from '../../bridge/usePreferences';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { RadioList } from '../../ui/RadioList';
import { Switch } from '../../ui/Switch';
import { Group, Row, Wide, Words } from './Group';

const closings = ['watch', 'quit', 'ask'] as const;

/** What goes on while no window is open, and how to end it. */
export function BackgroundSection() {
  const { t } = useTranslation();
  const { preferences, save } = usePreferences();
  if (!preferences) return null;
  const choices = closings.map((id) => ({
    id,
    label: t(`settings.closing.${id}`),
    help: t(`settings.closing.${id}Help`),
  }));
  return (
    <Group>
      <Wide>
        <RadioList
          label={t('settings.closing.label')}
          choices={choices}
          value={closings.find((id) => id === preferences.closing) ?? 'ask'}
          onChange={(closing) => save({ closing })}
        />
      </Wide>
      <AtLogin />
      <Row title={t('settings.quitNow')} note={t('settings.quitHelp')}>
        <Button size="small" onPress={() => system.Quit().catch(report)}>
          {t('shell.quit')}
        </Button>
      </Row>
    </Group>
  );
}

function AtLogin() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: on } = useQuery(loginQuery);
  const change = useMutation({
    mutationFn: (next: boolean) => settings.StartAtLogin(next),
    onSuccess: (now) => client.setQueryData(loginQuery.queryKey, now),
    onError: report,
  });
  return (
    <Wide>
      <Switch
        isSelected={change.isPending ? change.variables : on === true}
        onChange={change.mutate}
        isDisabled={on === undefined}
      >
        <Words title={t('settings.atLogin')} note={t('settings.atLoginHelp')} />
      </Switch>
    </Wide>
  );
}
