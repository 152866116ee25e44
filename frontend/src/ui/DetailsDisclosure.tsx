import { ChevronRight } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { CopyButton } from './CopyButton';
import styles from './DetailsDisclosure.module.css';

export interface DetailsDisclosureProps {
  title: string;
  details: { label: string; value: string }[];
  copyLabel: string;
  onCopy: () => Promise<unknown>;
  /** Open from the beginning, for pages that are about the details. */
  open?: boolean;
}

/** Technical facts that stay folded until they are asked for, with a way to copy them. */
export function DetailsDisclosure(props: DetailsDisclosureProps) {
  const { title, details, copyLabel, onCopy, open = false } = props;
  return (
    <Disclosure className={styles.disclosure} defaultExpanded={open}>
      <Heading level={3} className={styles.heading}>
        <Button slot="trigger" className={styles.trigger}>
          <ChevronRight size={14} className={styles.chevron} aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={styles.panel}>
        <DetailsList details={details} />
        <CopyButton label={copyLabel} onCopy={onCopy} />
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Facts with their names, to be read and copied. */
export function DetailsList({ details }: Pick<DetailsDisclosureProps, 'details'>) {
  return (
    <dl className={styles.list} data-content>
      {details.map((detail) => (
        <div key={`${detail.label} ${detail.value}`} className={styles.pair}>
          <dt>{detail.label}</dt>
          <dd>{detail.value}</dd>
        </div>
      ))}
    </dl>
  );
}
