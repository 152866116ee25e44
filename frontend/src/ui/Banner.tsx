import { CircleAlert, CloudOff, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { IconButton } from './IconButton';

/** How loud a banner is; `offline` is quiet because nothing is broken. */
export type BannerTone = 'info' | 'offline' | 'warning' | 'critical';

const icons = { info: Info, offline: CloudOff, warning: TriangleAlert, critical: CircleAlert };

export interface BannerProps {
  tone: BannerTone;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
  dismissLabel?: string;
  /** Says it to screen readers when it appears. Off for what was there from the start. */
  announce?: boolean;
}

/** One thing that holds for the whole page or window, with what to do about it. */
export function Banner(props: BannerProps) {
  const { tone, title, children, action, onDismiss, dismissLabel = '', announce = true } = props;
  const Icon = icons[tone];
  return (
    <div className={styles.banner} data-tone={tone} role={announce ? 'status' : undefined}>
      <Icon className={styles.icon} aria-hidden="true" />
      <p className={styles.words}>
        {title && <strong className={styles.title}>{sentence(title)}</strong>} {children}
      </p>
      {action && <div className={styles.actions}>{action}</div>}
      {onDismiss && (
        <IconButton size="small" label={dismissLabel} onPress={onDismiss}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

/** Titles of faults are headings elsewhere; here the next sentence follows at once. */
function sentence(title: string): string {
  return /[.!?…]$/.test(title) ? title : `${title}.`;
}
