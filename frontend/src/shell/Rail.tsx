import { useQuery } from '@tanstack/react-query';
import { Compass, PanelLeftClose, PanelLeftOpen, Plug, Settings } from 'lucide-react';
import { accountQuery, alertsQuery } from '../bridge/query';
import { usePreferences } from '../bridge/usePreferences';
import { useTranslation } from '../texts/useTranslation';
import { IconButton } from '../ui/IconButton';
import { usePlace } from '../ui/place';
import { Mark } from './Mark';
import styles from './Rail.module.css';
import { RailLink } from './RailLink';

export interface RailProps {
  collapsed: boolean;
  /** The window is too narrow for anything but icons. */
  fixed: boolean;
}

/** The way between the parts of the window. */
export function Rail({ collapsed, fixed }: RailProps) {
  const { t } = useTranslation();
  const account = useQuery(accountQuery).data;
  const { save } = usePreferences();
  const Panel = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      className={styles.rail}
      data-collapsed={collapsed || undefined}
      aria-label={t('shell.navigation')}
    >
      <div className={styles.head}>
        <Mark />
        {!collapsed && <span className={styles.account}>{account?.name}</span>}
      </div>
      <Links collapsed={collapsed} />
      {!fixed && (
        <div className={styles.foot}>
          <IconButton
            label={collapsed ? t('shell.widen') : t('shell.shrink')}
            onPress={() => save({ railCollapsed: !collapsed })}
          >
            <Panel aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </nav>
  );
}

function Links({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation();
  const [part = 'discover'] = usePlace().path;
  const count = useOpenAlerts();
  return (
    <ul className={styles.links}>
      <RailLink
        to="#/discover"
        icon={Compass}
        label={t('shell.discover')}
        current={part === 'discover' || part === 'apps' || part === 'compare'}
        collapsed={collapsed}
      />
      <RailLink
        to="#/connected/all"
        icon={Plug}
        label={t('shell.connected')}
        current={part === 'connected'}
        collapsed={collapsed}
        count={count}
        countText={count > 0 ? t('shell.alerts', { count }) : undefined}
      />
      <RailLink
        to="#/settings/account"
        icon={Settings}
        label={t('shell.settings')}
        current={part === 'settings'}
        collapsed={collapsed}
      />
    </ul>
  );
}

function useOpenAlerts(): number {
  const alerts = useQuery(alertsQuery).data ?? [];
  return alerts.filter((alert) => !alert.ignored && alert.snoozedUntil <= Date.now()).length;
}
