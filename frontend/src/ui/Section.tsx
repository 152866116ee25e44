import type { ReactNode } from 'react';
import styles from './Section.module.css';

export interface SectionProps {
  id: string;
  title: string;
  lead?: ReactNode;
  /** Stands at the end of the title's line. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page with a heading that names it. */
export function Section({ id, title, lead, action, children }: SectionProps) {
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <header className={styles.head}>
        <h2 id={`${id}-title`}>{title}</h2>
        {action}
      </header>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}

/** Names and what they stand for, one pair a line. */
export function Pairs({ pairs }: { pairs: [string, ReactNode][] }) {
  return (
    <dl className={styles.pairs}>
      {pairs.map(([name, value]) => (
        <div key={name} className={styles.pair}>
          <dt>{name}</dt>
          <dd data-content>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
