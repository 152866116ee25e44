import { Ellipsis } from 'lucide-react';
import type { Connection } from '../../bridge/types';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Badge } from '../../ui/Badge';
import { IconButton } from '../../ui/IconButton';
import { ActionsMenu } from './ActionsMenu';
import styles from './ConnectionRow.module.css';
import { StateMark } from './StateMark';
import { stateOf } from './state';

/** A connection in a list: what it is, how it stands and since when, when it was checked, whose it is. */
export function ConnectionRow({ connection }: { connection: Connection }) {
  const { t, language } = useTranslation();
  const { app, icon, sandbox, account, name, purpose, owner, stateSince, checkedAt } = connection;
  const when = (at: number) => (at > 0 ? ago(at, language) : t('common.never'));
  return (
    <div className={styles.row}>
      <AppIcon icon={icon} name={app} />
      <div className={styles.words}>
        <span className={styles.name}>
          <span>{app}</span>
          {sandbox && <Badge>{t('common.sandbox')}</Badge>}
        </span>
        <span className={styles.quiet}>{[name, account, purpose].filter(Boolean).join(' · ')}</span>
      </div>
      <div className={styles.words}>
        <StateMark state={stateOf(connection)} />
        <span className={styles.quiet}>{stateSince > 0 ? when(stateSince) : ''}</span>
      </div>
      <div className={styles.side}>
        <span>{owner}</span>
        <span className={styles.quiet}>
          {t('connected.lastChecked', { when: when(checkedAt) })}
        </span>
      </div>
      <ActionsMenu
        connection={connection}
        trigger={
          <IconButton label={t('connected.actions')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      />
    </div>
  );
}
