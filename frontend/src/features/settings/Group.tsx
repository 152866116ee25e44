import type { ReactNode } from 'react';
import styles from './Group.module.css';

export interface GroupProps {
  title?: string;
  children: ReactNode;
}

/** Settings that belong together, on one card with lines between them. */
export function Group({ title, children }: GroupProps) {
  return (
    <section className={styles.group} aria-label={title}>
      {title && <h3 className={styles.title}>{title}</h3>}
      <div className={styles.card}>{children}</div>
    </section>
  );
}

export interface RowProps {
  title: ReactNode;
  note?: ReactNode;
  /** What can be done, at the end of the row. */
  children?: ReactNode;
}

/** One line of a group. */
export function Row({ title, note, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div data-content>{title}</div>
        {note && <div className={styles.note}>{note}</div>}
      </div>
      {children}
    </div>
  );
}

/** A row that is a control of its own, such as a switch. */
export function Wide({ children }: { children: ReactNode }) {
  return <div className={styles.wide}>{children}</div>;
}

/** Words for a switch: what it does, and a line that explains it. */
export function Words({ title, note }: { title: string; note: string }) {
  return (
    <>
      {title}
      <span className={styles.note}>{note}</span>
    </>
  );
}
