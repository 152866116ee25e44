import { hostOf, openLink } from '../../bridge/openLink';
import type { Connecting as How, Listing } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { OutsideLink } from '../../ui/Link';
import { Pairs, Section } from '../../ui/Section';
import styles from './Connecting.module.css';

const kinds = ['oauth2', 'api_key', 'none'] as const;
const clients = ['public', 'registered', 'own', 'forbidden'] as const;

/** What happens at Install app, and to which hosts Patchbay will talk. */
export function Connecting({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const how = listing.connecting;
  return (
    <Section id="connecting" title={t('listing.connecting')}>
      <Sentences how={how} />
      {how.unverified && (
        <Banner tone="info" announce={false}>
          {t('listing.unverified')}
        </Banner>
      )}
      <Pairs pairs={usePairs(how)} />
      {how.keyPage && (
        <p>
          <OutsideLink onOpen={() => openLink(how.keyPage)} host={hostOf(how.keyPage)}>
            {t('listing.keyPage')}
          </OutsideLink>
        </p>
      )}
    </Section>
  );
}

function Sentences({ how }: { how: How }) {
  const { t } = useTranslation();
  const kind = kinds.find((known) => known === how.kind);
  const client = clients.find((known) => known === how.client);
  return (
    <div className={styles.sentences} data-content>
      {kind && <p>{t(`listing.kind.${kind}`)}</p>}
      {client && kind === 'oauth2' && <p>{t(`listing.client.${client}`)}</p>}
      {how.forbidden && <p>{how.forbidden}</p>}
      {how.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}

function usePairs(how: How): [string, React.ReactNode][] {
  const { t } = useTranslation();
  const pairs: [string, React.ReactNode][] = [];
  if (how.variables.length > 0) {
    pairs.push([t('listing.asks'), how.variables.map((variable) => variable.label).join(', ')]);
  }
  if (how.hosts.length > 0) {
    const hosts = how.hosts.map((host) => (
      <code key={host} className={styles.host}>
        {host}
      </code>
    ));
    pairs.push([t('listing.hosts'), hosts]);
  }
  return pairs;
}
