import { useQuery } from '@tanstack/react-query';
import { statusQuery } from '../../bridge/query';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { Group, Row } from './Group';

/** Which Patchbay this is, and what it knows. */
export function AboutSection() {
  const { t, language } = useTranslation();
  const status = useQuery(statusQuery).data;
  if (!status) return null;
  const { listings, syncedAt } = status.catalogue;
  const age = syncedAt ? ago(syncedAt, language) : t('common.never');
  return (
    <Group>
      <Row title="Patchbay" note={`${t('settings.version')} ${status.version}`} />
      <Row
        title={t('settings.catalogueAge')}
        note={`${t('settings.feedListings', { count: listings })}, ${t('settings.feedSynced', { ago: age })}`}
      />
      <Row title={t('settings.licence')} note="Apache-2.0" />
    </Group>
  );
}
