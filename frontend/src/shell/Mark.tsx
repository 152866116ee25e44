import styles from './Rail.module.css';

/** Patchbay's own mark: two jacks and the cord between them. */
export function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" className={styles.markPlate} />
      <circle cx="7.5" cy="8" r="2.5" className={styles.markLine} />
      <circle cx="16.5" cy="8" r="2.5" className={styles.markLine} />
      <path d="M7.5 10.5v2.5a4.5 4.5 0 0 0 9 0v-2.5" className={styles.markLine} />
    </svg>
  );
}
