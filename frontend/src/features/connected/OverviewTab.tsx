import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { connectionsQuery } from '../../bridge/query';
import type { Connection, Receipt } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { DataList } from '../../ui/DataList';
import { PlaceLink } from '../../ui/Link';
import { goTo } from '../../ui/place';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { ActivityList } from './ActivityList';
import { NothingConnected } from './AllTab';
import { ConnectionRow } from './ConnectionRow';
import styles from './connected.module.css';
import { countStates, find, readSearch, writeSearch } from './find';
import { activityQuery, receiptsQuery } from './queries';
import { ReceiptDialog } from './ReceiptDialog';
import { isUnfinished } from './receipt';
import { StateMark } from './StateMark';
import { needsAttention } from './state';

/** How many that need attention are shown here; the alerts have all. */
const few = 5;

const recent = { what: '', slug: '', connectionID: '', news: true, before: 0, limit: 6 };

/** The tab Overview: how many are in which state, what needs attention, what is new. */
export function OverviewTab() {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const query = useQuery(connectionsQuery);
  const activity = useQuery(activityQuery(recent)).data ?? [];
  const unfinished = (useQuery(receiptsQuery).data ?? []).filter(isUnfinished);
  if (query.isPending) return <Skeleton label={t('common.loading')} />;
  if (query.isError && !query.data) {
    return (
      <Trouble
        {...faultText(query.error)}
        onRetry={() => query.refetch()}
        retryLabel={t('common.tryAgain')}
      />
    );
  }
  const connections = query.data ?? [];
  return (
    <div className={styles.overview}>
      {connections.length > 0 ? <Summary connections={connections} /> : <NothingConnected />}
      {unfinished.length > 0 && <Unfinished receipts={unfinished} />}
      {activity.length > 0 && (
        <Section
          title={t('connected.recent')}
          more="activity"
          moreText={t('connected.allActivity')}
        >
          <ActivityList activity={activity} />
        </Section>
      )}
    </div>
  );
}

function Summary({ connections }: { connections: Connection[] }) {
  const { t } = useTranslation();
  const search = readSearch(new URLSearchParams());
  const attention = find(connections.filter(needsAttention), search);
  return (
    <>
      <ul className={styles.counts} aria-label={t('connected.states')}>
        {countStates(connections).map(({ state, count }) => (
          <li key={state}>
            <button
              type="button"
              className={styles.count}
              onClick={() => goTo(['connected', 'all'], writeSearch({ ...search, state }))}
            >
              <span className={styles.number}>{count}</span>
              <StateMark state={state} />
            </button>
          </li>
        ))}
      </ul>
      <Section title={t('connected.attention')} more="alerts" moreText={t('connected.allAlerts')}>
        {attention.length > 0 ? (
          <DataList
            label={t('connected.attention')}
            items={attention.slice(0, few)}
            textOf={(c) => `${c.app} ${c.account}`}
            onOpen={(id) => goTo(['connected', 'c', id])}
          >
            {(connection) => <ConnectionRow connection={connection} />}
          </DataList>
        ) : (
          <p className={styles.fine}>
            <CircleCheck size={16} aria-hidden /> {t('connected.allFine')}
          </p>
        )}
      </Section>
    </>
  );
}

interface SectionProps {
  title: string;
  more: 'alerts' | 'activity';
  moreText: string;
  children: ReactNode;
}

function Section({ title, more, moreText, children }: SectionProps) {
  return (
    <section>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        <PlaceLink to={`#/connected/${more}`}>{moreText}</PlaceLink>
      </div>
      {children}
    </section>
  );
}

/** Uninstalls of which something is left to do by hand, or whose revocation is still tried. */
function Unfinished({ receipts }: { receipts: Receipt[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState('');
  const shown = receipts.find((receipt) => receipt.id === open);
  return (
    <section>
      <h2>{t('connected.unfinished')}</h2>
      <ul className={styles.unfinished}>
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            <span>
              {receipt.app} <span className={styles.quiet}>{receipt.account}</span>
            </span>
            <span className={styles.quiet}>{leftText(t, receipt)}</span>
            <Button size="small" onPress={() => setOpen(receipt.id)}>
              {t('uninstall.showReceipt')}
            </Button>
          </li>
        ))}
      </ul>
      {shown && <ReceiptDialog receipt={shown} onClose={() => setOpen('')} />}
    </section>
  );
}

function leftText(t: TFunction, receipt: Receipt): string {
  const count = receipt.steps.filter((step) => !step.done).length;
  return count > 0 ? t('uninstall.stepsLeft', { count }) : t('uninstall.stillRevoking');
}
