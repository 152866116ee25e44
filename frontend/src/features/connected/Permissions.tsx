import { Check, Minus, Plus, TriangleAlert } from 'lucide-react';
import type { GrantedPermission } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import styles from './ConnectionPage.module.css';
import { addable, standingOf } from './permission';

const icons = { granted: Check, missing: TriangleAlert, unasked: Minus, extra: TriangleAlert };

interface PermissionsProps {
  permissions: GrantedPermission[];
  /** Asks for optional ones that the connection has not; undefined when it cannot. */
  onAdd: (() => void) | undefined;
}

/** What was asked for and what was given, each with its reason in plain words. */
export function Permissions({ permissions, onAdd }: PermissionsProps) {
  const { t } = useTranslation();
  if (permissions.length === 0)
    return <p className={styles.quiet}>{t('connected.noPermissions')}</p>;
  const list = (
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
  return (
    <>
      {list}
      {onAdd && permissions.some(addable) && (
        <div>
          <Button size="small" icon={<Plus size={14} />} onPress={onAdd}>
            {t('connected.addPermissions')}
          </Button>
        </div>
      )}
    </>
  );
}
