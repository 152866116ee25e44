import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { alertsQuery } from '../../bridge/query';
import { useTranslation } from '../../texts/useTranslation';
import { PageHeader } from '../../ui/PageHeader';
import { goTo } from '../../ui/place';
import { Tabs } from '../../ui/Tabs';
import { ActivityTab } from './ActivityTab';
import { AllTab } from './AllTab';
import { CalendarTab } from './CalendarTab';
import styles from './connected.module.css';
import { OverviewTab } from './OverviewTab';

const tabs = ['overview', 'all', 'alerts', 'calendar', 'activity'] as const;

export interface ConnectedPageProps {
  /** The tab that the address names; the overview when it is none of them. */
  tab: string;
  /** What the Alerts tab shows. */
  alerts: ReactNode;
}

/** Connected apps: what is connected, how it stands, what needs attention, what happened. */
export default function ConnectedPage({ tab, alerts }: ConnectedPageProps) {
  const { t } = useTranslation();
  const open = useQuery(alertsQuery).data ?? [];
  const now = Date.now();
  const count = open.filter((a) => !a.ignored && a.snoozedUntil <= now).length;
  const content = {
    overview: <OverviewTab />,
    all: <AllTab />,
    alerts,
    calendar: <CalendarTab />,
    activity: <ActivityTab />,
  };
  return (
    <div className={styles.page}>
      <PageHeader title={t('connected.title')} />
      <Tabs
        label={t('connected.title')}
        selected={tabs.find((known) => known === tab) ?? 'overview'}
        onSelect={(id) => goTo(['connected', id])}
        items={tabs.map((id) => ({
          id,
          label: t(`connected.tab.${id}`),
          content: content[id],
          count: id === 'alerts' ? count : undefined,
          countText: id === 'alerts' ? t('connected.alertCount', { count }) : undefined,
        }))}
      />
    </div>
  );
}
