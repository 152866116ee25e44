import type { ConnectionDetail } from '../../bridge/types';
import { ago, dateTime } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { DetailsList } from '../../ui/DetailsDisclosure';
import { PlaceLink } from '../../ui/Link';
import styles from './ConnectionPage.module.css';

/** Account, owner and dates of a connection. */
export function Facts({ detail }: { detail: ConnectionDetail }) {
  const { t, language } = useTranslation();
  const { account, owner, purpose, connectedAt, checkedAt, usedAt, renewalDies, slug } =
    detail.connection;
  const near = (at: number) => (at > 0 ? ago(at, language) : t('common.never'));
  const details = [
    { label: t('connected.fact.account'), value: account },
    { label: t('connected.fact.owner'), value: owner },
    { label: t('connected.fact.purpose'), value: purpose },
    { label: t('connected.fact.connectedAt'), value: dateTime(connectedAt, language) },
    { label: t('connected.fact.checkedAt'), value: near(checkedAt) },
    { label: t('connected.fact.usedAt'), value: near(usedAt) },
    {
      label: t('connected.fact.renewalDies'),
      value: renewalDies > 0 ? dateTime(renewalDies, language) : '',
    },
  ].filter(({ value }) => value !== '');
  return (
    <div className={styles.facts}>
      <DetailsList details={details} />
      <PlaceLink to={`#/apps/${encodeURIComponent(slug)}`}>{t('connected.seeListing')}</PlaceLink>
    </div>
  );
}
