import { system } from '../../bridge/api';
import type { ConnectionDetail } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { DetailsDisclosure } from '../../ui/DetailsDisclosure';

const labels = [
  'connection',
  'account',
  'hosts',
  'reason',
  'failures',
  'expires',
  'checked',
] as const;

/** Technical facts of a connection, and diagnostics to copy, in which no secret stands. */
export function Technical({ detail }: { detail: ConnectionDetail }) {
  const { t } = useTranslation();
  const details = detail.technical
    .filter(({ value }) => value !== '')
    .map(({ label, value }) => {
      const known = labels.find((name) => name === label);
      return { label: known ? t(`connected.technical.${known}`) : label, value };
    });
  return (
    <DetailsDisclosure
      title={t('state.technical')}
      details={details}
      copyLabel={t('connected.copyDiagnostics')}
      onCopy={() => system.Copy(detail.diagnostics)}
    />
  );
}
