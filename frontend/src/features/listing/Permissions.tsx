import type { Listing, Permission } from '../../bridge/types';
import { legible } from '../../lib/text';
import { useTranslation } from '../../texts/useTranslation';
import { Badge } from '../../ui/Badge';
import { Section } from '../../ui/Section';
import styles from './rows.module.css';

const accesses = ['read', 'write', 'admin'] as const;

/** What is asked for at sign-in: the plain reason first, the scope's own name below. */
export function Permissions({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  if (listing.permissions.length === 0) return null;
  const byKey = listing.connecting.kind === 'api_key';
  return (
    <Section
      id="permissions"
      title={t('listing.permissions')}
      lead={t(byKey ? 'listing.permissionsOfKey' : 'listing.permissionsLead', {
        name: listing.card.name,
      })}
    >
      <ul className={styles.rows}>
        {listing.permissions.map((permission) => (
          <Row
            key={permission.scope}
            permission={permission}
            scope={legible(permission.scope, listing.connecting.variables)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface RowProps {
  permission: Permission;
  /** Its scope as a person reads it. */
  scope: string;
}

function Row({ permission, scope }: RowProps) {
  const { t } = useTranslation();
  const access = accesses.find((known) => known === permission.access);
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p>{permission.reason || scope}</p>
        <code className={styles.code} data-content>
          {scope}
        </code>
      </div>
      {permission.optional && <Badge>{t('listing.optional')}</Badge>}
      {access && (
        <span className={styles.access} data-access={access}>
          {t(`listing.access.${access}`)}
        </span>
      )}
    </li>
  );
}
