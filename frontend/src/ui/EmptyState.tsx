import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** Why there is nothing, or what would be here. */
  children?: ReactNode;
  action?: ReactNode;
  /** 1 where it is all that the page has. */
  level?: 1 | 2;
}

/** What a page shows when it has nothing to show. */
export function EmptyState({ icon, title, children, action, level = 2 }: EmptyStateProps) {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <div className={styles.empty}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <Title className={styles.title}>{title}</Title>
      {children && <p className={styles.text}>{children}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
