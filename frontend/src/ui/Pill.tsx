import type { ReactNode } from 'react';
import styles from './Pill.module.css';

/** A word on a quiet ground that nothing can be done with. */
export function Pill({ children }: { children: ReactNode }) {
  return <span className={styles.pill}>{children}</span>;
}
