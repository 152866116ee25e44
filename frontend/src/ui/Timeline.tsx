import type { ReactNode } from 'react';
import styles from './Timeline.module.css';

export interface TimelineEntry {
  id: string;
  icon: ReactNode;
  tone: 'quiet' | 'good' | 'warning' | 'critical';
  title: ReactNode;
  /** What else there is to know, smaller. */
  note?: ReactNode;
  /** A button for what can be seen of it. */
  action?: ReactNode;
  time: ReactNode;
}

/** Things that happened, newest first. */
export function Timeline({ label, entries }: { label: string; entries: TimelineEntry[] }) {
  return (
    <ol className={styles.timeline} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry}>
          <span className={styles.icon} data-tone={entry.tone} aria-hidden="true">
            {entry.icon}
          </span>
          <div className={styles.what}>
            <div>{entry.title}</div>
            {entry.note && <div className={styles.note}>{entry.note}</div>}
          </div>
          <span className={styles.side}>
            {entry.action}
            <span className={styles.time}>{entry.time}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
