import { useState } from 'react';
import type { Preferences } from '../../bridge/types';
import { usePreferences } from '../../bridge/usePreferences';
import { useTranslation } from '../../texts/useTranslation';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import { Group, Wide, Words } from './Group';
import { MutedApps } from './MutedApps';
import styles from './NotificationsSection.module.css';
import { asTime, isTime, usualQuiet } from './quiet';

/** Whether the desktop is told of alerts, and when it is left in peace. */
export function NotificationsSection() {
  const { t } = useTranslation();
  const { preferences, save } = usePreferences();
  if (!preferences) return null;
  const quiet = preferences.quietFrom !== '' && preferences.quietTo !== '';
  const switchQuiet = (on: boolean) =>
    save({ quietFrom: on ? usualQuiet.from : '', quietTo: on ? usualQuiet.to : '' });
  return (
    <>
      <Group>
        <Wide>
          <Switch
            isSelected={preferences.notifications}
            onChange={(notifications) => save({ notifications })}
          >
            <Words title={t('settings.notify')} note={t('settings.notifyHelp')} />
          </Switch>
        </Wide>
        <Wide>
          <Switch isSelected={quiet} onChange={switchQuiet} isDisabled={!preferences.notifications}>
            <Words title={t('settings.quiet')} note={t('settings.quietHelp')} />
          </Switch>
          {quiet && <Times preferences={preferences} save={save} />}
        </Wide>
        {quiet && (
          <Wide>
            <Switch
              isSelected={preferences.quietLetCritical}
              onChange={(quietLetCritical) => save({ quietLetCritical })}
              isDisabled={!preferences.notifications}
            >
              <Words title={t('settings.quietCritical')} note={t('settings.quietCriticalHelp')} />
            </Switch>
          </Wide>
        )}
      </Group>
      <MutedApps isDisabled={!preferences.notifications} />
    </>
  );
}

interface TimesProps {
  preferences: Preferences;
  save: (change: Partial<Preferences>) => void;
}

function Times({ preferences, save }: TimesProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.times}>
      <Time
        key={`from ${preferences.quietFrom}`}
        label={t('settings.quietFrom')}
        value={preferences.quietFrom}
        onSave={(quietFrom) => save({ quietFrom })}
      />
      <Time
        key={`to ${preferences.quietTo}`}
        label={t('settings.quietTo')}
        value={preferences.quietTo}
        onSave={(quietTo) => save({ quietTo })}
      />
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  onSave: (time: string) => void;
}

function Time({ label, value, onSave }: TimeProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const time = asTime(text);
  const settle = () => {
    setText(time);
    if (isTime(time) && time !== value) onSave(time);
  };
  return (
    <TextField
      label={label}
      value={text}
      onChange={setText}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
      error={isTime(time) ? undefined : t('settings.quietWrong')}
      maxLength={5}
      inputMode="numeric"
    />
  );
}
