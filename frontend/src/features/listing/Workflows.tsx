import type { LucideIcon } from 'lucide-react';
import { Play, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Listing, Operation } from '../../bridge/types';
import { Section } from '../../ui/Section';
import styles from './Workflows.module.css';

/** What the app can do, and what it can start, in a workflow. */
export function Workflows({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  if (listing.actions.length + listing.triggers.length === 0) return null;
  return (
    <Section id="workflows" title={t('listing.workflows')}>
      <Operations title={t('listing.triggers')} operations={listing.triggers} icon={Zap} />
      <Operations title={t('listing.actions')} operations={listing.actions} icon={Play} />
    </Section>
  );
}

interface OperationsProps {
  title: string;
  operations: Operation[];
  icon: LucideIcon;
}

function Operations({ title, operations, icon: Icon }: OperationsProps) {
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
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
