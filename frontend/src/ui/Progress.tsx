import { ProgressBar } from 'react-aria-components';
import styles from './Progress.module.css';

export interface ProgressProps {
  label: string;
  /** How much is done, from 0 to 1; without it the end is not known. */
  done?: number;
}

/** Progress, with words for what is under way. */
export function Progress({ label, done }: ProgressProps) {
  const unknown = done === undefined;
  return (
    <ProgressBar
      isIndeterminate={unknown}
      value={unknown ? undefined : done * 100}
      aria-label={label}
      className={styles.progress}
    >
      <span className={styles.words}>{label}</span>
      <span className={styles.track}>
        <span
          className={unknown ? styles.fill : styles.part}
          style={unknown ? undefined : { width: `${done * 100}%` }}
        />
      </span>
    </ProgressBar>
  );
}
