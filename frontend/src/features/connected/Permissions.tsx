import { Check, Minus, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GrantedPermission } from '../../bridge/types';
import styles from './ConnectionPage.module.css';

/** How a permission stands. */
type Standing = 'granted' | 'missing' | 'unasked' | 'extra';

const icons = { granted: Check, missing: TriangleAlert, unasked: Minus, extra: TriangleAlert };

export function standingOf({ asked, granted }: GrantedPermission): Standing {
  if (granted) return asked ? 'granted' : 'extra';
  return asked ? 'missing' : 'unasked';
}

/** What was asked for and what was given, each with its reason in plain words. */
export function Permissions({ permissions }: { permissions: GrantedPermission[] }) {
  const { t } = useTranslation();
  if (permissions.length === 0)
    return <p className={styles.quiet}>{t('connected.noPermissions')}</p>;
  return (
    <ul className={styles.permissions}>
      {permissions.map((entry) => {
        const standing = standingOf(entry);
        const Icon = icons[standing];
        const { scope, reason } = entry.permission;
        return (
          <li key={scope} data-standing={standing}>
            <Icon size={14} aria-hidden />
            <span className={styles.reason}>
              <span data-content>{reason || scope}</span>
              {reason && <code data-content>{scope}</code>}
            </span>
            <span className={styles.standing}>{t(`connected.standing.${standing}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
