import type { ReactNode } from 'react';
import styles from './Badge.module.css';

/** How something stands: `busy` is under way, `quiet` asks for nothing. */
export type Tone = 'good' | 'busy' | 'quiet' | 'warning' | 'critical';

export interface StateBadgeProps {
  tone: Tone;
  icon: ReactNode;
  /** The state in a word or two. Colour and icon only repeat it. */
  children: ReactNode;
  /** `soft` sets it on a coloured ground; the default is plain, for lists. */
  look?: 'plain' | 'soft';
}

/** A state shown by icon, word and colour together. */
export function StateBadge({ tone, icon, children, look = 'plain' }: StateBadgeProps) {
  return (
    <span className={styles.state} data-tone={tone} data-look={look}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.word}>{children}</span>
    </span>
  );
}

/** A small word beside a name, such as "Sandbox". */
export function Badge({ children }: { children: ReactNode }) {
  return <span className={styles.badge}>{children}</span>;
}
