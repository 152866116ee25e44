import { usePreferences } from '../../bridge/usePreferences';
import { useTranslation } from '../../texts/useTranslation';
import { RadioList } from '../../ui/RadioList';
import { Switch } from '../../ui/Switch';
import { Group, Wide, Words } from './Group';

const windows = ['auto', 'browser_popup', 'own_popup', 'tab'] as const;

/** Where sign-ins open, and whether the practice apps show. */
export function AppsSection() {
  const { t } = useTranslation();
  const { preferences, save } = usePreferences();
  if (!preferences) return null;
  const choices = windows.map((id) => ({
    id,
    label: t(`settings.window.${id}`),
    help: t(`settings.window.${id}Help`),
  }));
  const chosen = windows.find((id) => id === preferences.signInWindow) ?? 'auto';
  return (
    <Group>
      <Wide>
        <RadioList
          label={t('settings.signIn')}
          choices={choices}
          value={chosen}
          onChange={(signInWindow) => save({ signInWindow })}
        />
      </Wide>
      <Wide>
        <Switch
          isSelected={preferences.showSandbox}
          onChange={(showSandbox) => save({ showSandbox })}
        >
          <Words title={t('settings.showSandbox')} note={t('settings.showSandboxHelp')} />
        </Switch>
      </Wide>
    </Group>
  );
}
