import { hostOf, openLink } from '../../bridge/openLink';
import type { ClientSetup } from '../../bridge/types';
import { legible } from '../../lib/text';
import { useTranslation } from '../../texts/useTranslation';
import { OutsideLink } from '../../ui/Link';
import styles from './connect.module.css';
import { Fact } from './Fact';
import type { Plan } from './plan';

interface GuideProps {
  plan: Plan;
  setup: ClientSetup;
  /** Empty while its address is not known. */
  console: string;
}

/** How an app is made at the provider, and what has to be entered there. */
export function Guide({ plan, setup, console }: GuideProps) {
  const { t } = useTranslation();
  const variables = plan.listing?.connecting.variables ?? [];
  const scopes = (plan.listing?.permissions ?? []).map(({ scope }) =>
    legible(scope, variables, plan.entered),
  );
  return (
    <>
      {console && (
        <OutsideLink onOpen={() => openLink(console)} host={hostOf(console)}>
          {t('connect.openConsole', { app: plan.app })}
        </OutsideLink>
      )}
      <ol className={styles.steps}>
        {setup.steps.map((step) => (
          <li key={step} data-content>
            {step}
          </li>
        ))}
      </ol>
      <div className={styles.facts}>
        {setup.asks.length > 0 && (
          <Fact label={t('connect.clientHost')} value={setup.hosts.join(', ')} />
        )}
        {setup.appType && <Fact label={t('connect.appType')} value={setup.appType} />}
        {setup.redirectURI && !setup.ownRedirect && (
          <Fact
            label={t('connect.redirectURI')}
            value={setup.redirectURI}
            copy="connect.copyRedirect"
          />
        )}
        {scopes.length > 0 && (
          <Fact label={t('connect.scopes')} value={scopes.join(' ')} copy="connect.copyScopes" />
        )}
      </div>
    </>
  );
}
