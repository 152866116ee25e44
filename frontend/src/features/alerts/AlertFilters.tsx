import type { Alert } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Select } from '../../ui/Select';
import styles from './AlertsTab.module.css';
import { type AlertFilter, severities, severityOf } from './order';

interface AlertFiltersProps {
  alerts: Alert[];
  filter: AlertFilter;
  onChange: (filter: AlertFilter) => void;
}

/** Narrows the list; each filter offers what is there. */
export function AlertFilters({ alerts, filter, onChange }: AlertFiltersProps) {
  const { t } = useTranslation();
  const there = severities.filter((s) => alerts.some((alert) => severityOf(alert) === s));
  const kinds = new Map(alerts.map((alert) => [alert.kind, alert.title]));
  const apps = new Map(
    alerts.map((a) => [a.slug || 'this-computer', a.app || t('alerts.thisComputer')]),
  );
  const all = (label: string) => ({ id: '', label });
  return (
    <div className={styles.filters} role="group" aria-label={t('alerts.filters')}>
      <Select
        look="quiet"
        label={t('alerts.severity')}
        value={filter.severity}
        onChange={(severity) => onChange({ ...filter, severity })}
        choices={[
          all(t('alerts.allSeverities')),
          ...there.map((id) => ({ id, label: t(`alerts.severities.${id}`) })),
        ]}
      />
      <Select
        look="quiet"
        label={t('alerts.kinds')}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
        choices={[all(t('alerts.allKinds')), ...[...kinds].map(([id, label]) => ({ id, label }))]}
      />
      <Select
        look="quiet"
        label={t('alerts.app')}
        value={filter.slug}
        onChange={(slug) => onChange({ ...filter, slug })}
        choices={[all(t('alerts.allApps')), ...[...apps].map(([id, label]) => ({ id, label }))]}
      />
    </div>
  );
}
