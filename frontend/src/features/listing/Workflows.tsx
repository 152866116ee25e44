import type { LucideIcon } from 'lucide-react';
import { Play, Zap } from 'lucide-react';
import type { Listing, Operation } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Section } from '../../ui/Section';
import styles from './Workflows.module.css';

/** What the app can do, and what it can start, in a workflow. */
export function Workflows({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const { actions, triggers, card } = listing;
  const operations = [...triggers, ...actions];
  if (operations.length === 0) return null;
  const none = operations.every((operation) => operation.unverified);
  const lead = none && t('listing.noneVerified', { name: card.name });
  return (
    <Section id="workflows" title={t('listing.workflows')} lead={lead}>
      <Operations title={t('listing.triggers')} operations={triggers} icon={Zap} mark={!none} />
      <Operations title={t('listing.actions')} operations={actions} icon={Play} mark={!none} />
    </Section>
  );
}

interface OperationsProps {
  title: string;
  operations: Operation[];
  icon: LucideIcon;
  /** Whether to say of each which is not verified. */
  mark: boolean;
}

function Operations({ title, operations, icon: Icon, mark }: OperationsProps) {
  const { t } = useTranslation();
  if (operations.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles.operations}>
        {operations.map((operation) => (
          <li key={operation.id} className={styles.operation}>
            <Icon className={styles.icon} aria-hidden="true" />
            <div>
              <p className={styles.name}>{operation.name}</p>
              {operation.description && <p className={styles.quiet}>{operation.description}</p>}
              {mark && operation.unverified && (
                <p className={styles.quiet}>{t('listing.notVerified')}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
