import { type FormEvent, useState } from 'react';
import type { Fault } from '../../bridge/fault';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { TextField } from '../../ui/TextField';
import styles from './connect.module.css';
import { complete, dayOf, defaults, endOf, fill, placesIn } from './entry';
import type { Flow } from './flow';
import { Guide } from './Guide';
import type { Plan } from './plan';
import { StepFooter } from './StepFooter';
import { VariableFields } from './VariableFields';

interface StepProps {
  flow: Flow;
  plan: Plan;
  busy: boolean;
  fault: Fault | null;
}

/** What Go can blame that has a field here. */
const fields = ['client', 'clientID', 'clientSecret', 'redirectURI'];

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
  const entered = clientID.trim() !== '' && !secretMissing && !redirectMissing;
  const ready = entered && complete(asked, values);
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
        <StepFooter
          flow={flow}
          form="client"
          label={t(
            flow.job.kind === 'set_up_client' ? 'connect.saveClient' : 'connect.saveAndGoOn',
          )}
          ready={ready}
          busy={busy}
        />
      }
    >
      <p className={styles.quiet}>{t('connect.clientWhy', { app: plan.app })}</p>
      <form id="client" className={styles.form} onSubmit={save} onChange={() => flow.forgetFault()}>
        <VariableFields variables={asked} values={values} fault={null} onChange={setValues} />
        <Guide plan={plan} setup={setup} console={fill(setup.console, asked, values)} />
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
      {fault && !fields.includes(fault.field) && <FaultNote fault={fault} />}
    </Dialog>
  );
}
