import styles from './Spinner.module.css';

/** A small sign that something is under way. Say what in words beside it. */
export function Spinner({ size = 16 }: { size?: 14 | 16 | 24 }) {
  return (
    <svg
      className={styles.spinner}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="6.25" className={styles.track} />
      <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" className={styles.arc} />
    </svg>
  );
}
