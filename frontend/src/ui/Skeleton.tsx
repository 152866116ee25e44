import styles from './Skeleton.module.css';

export interface SkeletonProps {
  /** What is being waited for, for screen readers. */
  label: string;
  rows?: number;
  look?: 'rows' | 'cards' | 'page';
}

/** Grey shapes where something will stand. They appear only after 300 ms. */
export function Skeleton({ label, rows = 6, look = 'rows' }: SkeletonProps) {
  return (
    <div className={styles.skeleton} data-look={look} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike and never move
        <div key={row} className={styles.row} aria-hidden="true">
          <span className={styles.plate} />
          <span className={styles.lines}>
            <span className={styles.line} />
            <span className={styles.line} />
          </span>
        </div>
      ))}
    </div>
  );
}
