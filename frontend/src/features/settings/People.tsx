import type { Account, Person } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Badge } from '../../ui/Badge';
import { Pill } from '../../ui/Pill';
import { Group, Row } from './Group';

/** Who is in the account, with the rights they hold. */
export function People({ account }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <Group title={t('settings.people')}>
      {account.people.map((person) => (
        <Row key={person.id} title={<Name person={person} me={account.me} />} note={person.email}>
          <Rights person={person} />
        </Row>
      ))}
    </Group>
  );
}

function Name({ person, me }: { person: Person; me: Person }) {
  const { t } = useTranslation();
  return (
    <>
      {person.name} {person.id === me.id && <Badge>{t('settings.me')}</Badge>}
    </>
  );
}

function Rights({ person }: { person: Person }) {
  const { t } = useTranslation();
  if (person.superAdmin) return <Pill>{t('settings.superAdmin')}</Pill>;
  return (
    <Pill>{t(person.marketplaceAccess ? 'settings.marketplaceAccess' : 'settings.noRights')}</Pill>
  );
}
