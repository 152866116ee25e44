import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { alerts, connections } from '../../bridge/api';
import { alertsQuery, invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Consent, Listing } from '../../bridge/types';
import { startReconnect } from '../../lib/intent';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import styles from './Consents.module.css';

/** What the listing asks for beyond what its connections were made with; nothing of it counts until it is approved. */
export function Consents({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  if (listing.consents.length === 0) return null;
  return (
    <section className={styles.consents} aria-labelledby="consents">
      <TriangleAlert className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <h2 id="consents">{t('listing.asksMore', { name: listing.card.name })}</h2>
        <p>{t('listing.asksMoreLead')}</p>
      </div>
      <div className={styles.differences}>
        {listing.consents.map((consent) => (
          <Difference key={consent.connectionID} consent={consent} listing={listing} />
        ))}
      </div>
    </section>
  );
}

function Difference({ consent, listing }: { consent: Consent; listing: Listing }) {
  const { t } = useTranslation();
  const scopes = new Map(listing.permissions.map(({ scope, reason }) => [scope, reason]));
  const signsIn = consent.asks.some((ask) => scopes.has(ask));
  const approve = useApprove(consent, signsIn);
  const { kept, keep } = useKeep(consent);
  const id = `consent-${consent.connectionID}`;
  return (
    <section className={styles.difference} aria-labelledby={id}>
      <div className={styles.words}>
        <h3 id={id} data-content>
          {consent.account}
        </h3>
        <ul className={styles.asks} data-content>
          {consent.asks.map((ask) => (
            <li key={ask}>
              {scopes.has(ask) ? scopes.get(ask) || t('listing.asksScope') : t('listing.asksHost')}{' '}
              <code>{ask}</code>
            </li>
          ))}
        </ul>
        {kept && <p className={styles.kept}>{t('listing.kept')}</p>}
      </div>
      {keep && (
        <Button isPending={keep.isPending} aria-describedby={id} onPress={() => keep.mutate()}>
          {t('listing.keep')}
        </Button>
      )}
      <Button
        look={kept ? undefined : 'primary'}
        isPending={approve.isPending}
        aria-describedby={id}
        onPress={() => approve.mutate()}
      >
        {t(signsIn ? 'listing.approveAndSignIn' : 'listing.approve')}
      </Button>
    </section>
  );
}

/** Consents to exactly what is shown; new permissions are granted at the sign-in that follows. */
function useApprove(consent: Consent, signsIn: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await connections.ApproveListing(consent.connectionID, consent.asks);
      if (signsIn) await startReconnect(consent.connectionID);
    },
    onError: report,
    onSettled: () => invalidate(client, ['catalogue', 'connection', 'alert']),
  });
}

/** Leaves the connection as it is: its alert keeps quiet until the listing asks for something else. */
function useKeep({ connectionID }: Consent) {
  const client = useQueryClient();
  const alert = useQuery(alertsQuery).data?.find(
    (a) => a.kind === 'listing_asks_more' && a.connectionID === connectionID,
  );
  const keep = useMutation({
    mutationFn: async () => alert && alerts.Ignore(alert.id),
    onError: report,
    onSettled: () => invalidate(client, ['alert']),
  });
  return { kept: alert?.ignored, keep: alert && !alert.ignored ? keep : undefined };
}
