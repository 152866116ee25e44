import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { connections } from '../../bridge/api';
import { invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Consent, Listing } from '../../bridge/types';
import { startReconnect } from '../../lib/intent';
import { Button } from '../../ui/Button';
import styles from './Consents.module.css';

/** What the listing asks for beyond what its connections were made with; nothing of it counts until it is approved. */
export function Consents({ listing }: { listing: Listing }) {
  return listing.consents.map((consent) => (
    <Difference key={consent.connectionID} consent={consent} listing={listing} />
  ));
}

function Difference({ consent, listing }: { consent: Consent; listing: Listing }) {
  const { t } = useTranslation();
  const { name } = listing.card;
  const scopes = new Map(listing.permissions.map(({ scope, reason }) => [scope, reason]));
  const signsIn = consent.asks.some((ask) => scopes.has(ask));
  const approve = useApprove(consent, signsIn);
  const id = `consent-${consent.connectionID}`;
  return (
    <section className={styles.difference} aria-labelledby={id}>
      <TriangleAlert className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <h2 id={id}>{t('listing.asksMore', { name, account: consent.account })}</h2>
        <p>{t('listing.asksMoreLead')}</p>
        <ul className={styles.asks} data-content>
          {consent.asks.map((ask) => (
            <li key={ask}>
              {scopes.has(ask) ? scopes.get(ask) || t('listing.asksScope') : t('listing.asksHost')}{' '}
              <code>{ask}</code>
            </li>
          ))}
        </ul>
      </div>
      <Button look="primary" isPending={approve.isPending} onPress={() => approve.mutate()}>
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
