import { ProgressBar } from 'react-aria-components';
import styles from './Progress.module.css';

/** Progress whose end is not known, with words for what is under way. */
export function Progress({ label }: { label: string }) {
  return (
    <ProgressBar isIndeterminate aria-label={label} className={styles.progress}>
      <span className={styles.words}>{label}</span>
      <span className={styles.track}>
        <span className={styles.fill} />
      </span>
    </ProgressBar>
  );
}
