import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { system } from '../../bridge/api';
import type { Fault } from '../../bridge/fault';
import { hostOf, openLink } from '../../bridge/openLink';
import type { ClientSetup } from '../../bridge/types';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { OutsideLink } from '../../ui/Link';
import { TextField } from '../../ui/TextField';
import styles from './connect.module.css';
import { dayOf, defaults, endOf, fill, placesIn } from './entry';
import type { Flow } from './flow';
import type { Plan } from './plan';
import { VariableFields } from './VariableFields';

interface StepProps {
  flow: Flow;
  plan: Plan;
  busy: boolean;
  fault: Fault | null;
}

/** Guides an admin who has to make an app at the provider, and takes its id and secret. */
export function ClientStep({ flow, plan, busy, fault }: StepProps) {
  const { t } = useTranslation();
  const { setup } = plan;
  const [clientID, setClientID] = useState(setup?.clientID ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [expires, setExpires] = useState(dayOf(setup?.expiresAt ?? 0));
  const [redirectURI, setRedirectURI] = useState(setup?.redirectURI ?? '');
  const asked = placesIn(setup?.console ?? '', plan.listing?.connecting.variables ?? []);
  const [values, setValues] = useState(() => ({ ...defaults(asked), ...plan.entered }));
  if (!setup) return null;
  const secretMissing = setup.secretNeeded && !setup.hasSecret && clientSecret.trim() === '';
  const redirectMissing = setup.ownRedirect && redirectURI.trim() === '';
  const ready = clientID.trim() !== '' && !secretMissing && !redirectMissing;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) {
      const entry = { clientID: clientID.trim(), clientSecret: clientSecret.trim() };
      flow.saveClient(
        {
          ...entry,
          redirectURI: setup.ownRedirect ? redirectURI.trim() : '',
          expiresAt: endOf(expires),
        },
        values,
      );
    }
  };
  const wrong = (field: string) => {
    if (fault?.field === field) return t('connect.notAccepted');
    if (fault?.field !== 'client') return undefined;
    if (field === 'clientSecret') return t('connect.secretUnknown', { app: plan.app });
    const alone = field === 'clientID' && !setup.secretNeeded;
    return alone ? t('connect.clientUnknown', { app: plan.app }) : undefined;
  };
  return (
    <Dialog
      isOpen
      step="client"
      width="wide"
      onClose={() => flow.close()}
      title={t('connect.title.set_up_client', { app: plan.app })}
      icon={<AppIcon icon={plan.icon} name={plan.app} />}
      footer={
        <>
          <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="client" isDisabled={!ready} isPending={busy}>
            {t(flow.job.kind === 'set_up_client' ? 'connect.saveClient' : 'connect.saveAndGoOn')}
          </Button>
        </>
      }
    >
      <p className={styles.quiet}>{t('connect.clientWhy', { app: plan.app })}</p>
      <VariableFields variables={asked} values={values} fault={null} onChange={setValues} />
      <Guide plan={plan} setup={setup} console={fill(setup.console, asked, values)} />
      <form id="client" className={styles.form} onSubmit={save}>
        {setup.ownRedirect && (
          <TextField
            label={t('connect.ownRedirect')}
            value={redirectURI}
            onChange={setRedirectURI}
            error={wrong('redirectURI')}
            help={t('connect.ownRedirectHelp', { app: plan.app })}
            placeholder="https://"
            code
            autoComplete="off"
          />
        )}
        <TextField
          label={t('connect.clientID')}
          value={clientID}
          onChange={setClientID}
          error={wrong('clientID')}
          code
          autoComplete="off"
        />
        {setup.secretNeeded && (
          <TextField
            label={t('connect.clientSecret')}
            type="password"
            value={clientSecret}
            onChange={setClientSecret}
            error={wrong('clientSecret')}
            help={t(setup.hasSecret ? 'connect.secretKept' : 'connect.secretSealed')}
            code
            autoComplete="off"
          />
        )}
        {setup.secretNeeded && (
          <TextField
            label={t('connect.secretExpires')}
            type="date"
            value={expires}
            onChange={setExpires}
            help={t('connect.secretExpiresHelp')}
          />
        )}
      </form>
      {fault && !fault.field && <FaultNote fault={fault} />}
    </Dialog>
  );
}

interface GuideProps {
  plan: Plan;
  setup: ClientSetup;
  /** Empty while its address is not known. */
  console: string;
}

function Guide({ plan, setup, console }: GuideProps) {
  const { t } = useTranslation();
  const scopes = plan.listing?.permissions.map((p) => p.scope) ?? [];
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

interface FactProps {
  label: string;
  value: string;
  copy?: 'connect.copyRedirect' | 'connect.copyScopes';
}

function Fact({ label, value, copy }: FactProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fact}>
      <span className={styles.factLabel}>{label}</span>
      <span className={copy ? styles.factCode : styles.factValue} data-content>
        {value}
      </span>
      {copy && <CopyButton iconOnly label={t(copy)} onCopy={() => system.Copy(value)} />}
    </div>
  );
}
