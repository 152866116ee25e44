import type { LucideIcon } from 'lucide-react';
import { memo, useId } from 'react';
import styles from './Rail.module.css';

export interface RailLinkProps {
  to: string;
  icon: LucideIcon;
  /** The link's accessible name, exactly; the count is its description. */
  label: string;
  current: boolean;
  collapsed: boolean;
  count?: number;
  countText?: string;
}

/** One way in the rail. Collapsed, its name is still there for whoever does not see the icon. */
export const RailLink = memo(function RailLink(props: RailLinkProps) {
  const { to, icon: Icon, label, current, collapsed, count, countText } = props;
  const description = useId();
  return (
    <li>
      <a
        href={to}
        className={styles.link}
        aria-current={current ? 'page' : undefined}
        aria-label={label}
        aria-describedby={countText ? description : undefined}
        title={collapsed ? label : undefined}
      >
        <Icon className={styles.icon} aria-hidden="true" />
        {!collapsed && <span className={styles.word}>{label}</span>}
        {count ? (
          <span className={styles.count} aria-hidden="true">
            {count}
          </span>
        ) : null}
      </a>
      {countText && (
        <span id={description} hidden>
          {countText}
        </span>
      )}
    </li>
  );
});
