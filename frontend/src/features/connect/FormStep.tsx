import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Fault } from '../../bridge/fault';
import { hostOf, openLink } from '../../bridge/openLink';
import type { Permission } from '../../bridge/types';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { OutsideLink } from '../../ui/Link';
import { TextField } from '../../ui/TextField';
import styles from './connect.module.css';
import { complete, defaults, fill, named } from './entry';
import { type Flow, heldOptional } from './flow';
import type { Plan } from './plan';
import { VariableFields } from './VariableFields';

interface StepProps {
  flow: Flow;
  plan: Plan;
  busy: boolean;
  fault: Fault | null;
}

/** Asks for what a sign-in needs: parts of the address, a key, optional permissions. */
export function FormStep({ flow, plan, busy, fault }: StepProps) {
  const { t } = useTranslation();
  const connecting = plan.listing?.connecting;
  const variables = plan.connection
    ? []
    : (connecting?.variables.filter((v) => !(v.name in plan.entered)) ?? []);
  const { app } = plan;
  const adding = flow.job.kind === 'add_permissions';
  const needsKey = connecting?.kind === 'api_key';
  const [values, setValues] = useState(() => ({ ...defaults(variables), ...plan.entered }));
  const [wanted, setWanted] = useState<string[]>([]);
  const [key, setKey] = useState('');
  const entered = complete(variables, values) && (!needsKey || key.trim() !== '');
  const ready = entered && (!adding || wanted.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    const optional = [...heldOptional(plan.connection), ...wanted];
    flow.start({ variables: named(values), optional, window: '', key: key.trim() });
  };
  return (
    <Dialog
      isOpen
      step="form"
      onClose={() => flow.close()}
      title={t(`connect.title.${flow.job.kind}`, { app })}
      icon={<AppIcon icon={plan.icon} name={app} />}
      footer={
        <>
          <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="entry" isDisabled={!ready} isPending={busy}>
            {t(needsKey ? 'connect.connectKey' : 'connect.goOn')}
          </Button>
        </>
      }
    >
      <form id="entry" className={styles.form} onSubmit={submit}>
        <VariableFields variables={variables} values={values} fault={fault} onChange={setValues} />
        {needsKey && connecting && (
          <KeyField
            label={connecting.keyLabel}
            help={connecting.keyHelp}
            page={fill(connecting.keyPage, variables, values)}
            app={app}
            value={key}
            refused={fault?.field === 'key'}
            onChange={setKey}
          />
        )}
        <Permissions title={t('connect.asksForMore', { app })} permissions={plan.added} />
        <Permissions title={t('connect.asksNoMore', { app })} permissions={plan.dropped} />
        {plan.optional.length > 0 && (
          <OptionalPermissions
            help={t(adding ? 'connect.addHelp' : 'connect.optionalHelp', { app })}
            permissions={plan.optional}
            wanted={wanted}
            onChange={setWanted}
          />
        )}
        {adding && plan.optional.length === 0 && <p>{t('connect.nothingToAdd', { app })}</p>}
      </form>
      {connecting && connecting.notes.length > 0 && (
        <ul className={styles.notes}>
          {connecting.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {fault && <FaultNote fault={fault} />}
    </Dialog>
  );
}

interface KeyFieldProps {
  label: string;
  help: string;
  page: string;
  app: string;
  value: string;
  refused: boolean;
  onChange: (value: string) => void;
}

function KeyField({ label, help, page, app, value, refused, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.field}>
      <TextField
        label={label || t('connect.key')}
        type="password"
        value={value}
        onChange={onChange}
        help={[help, t('connect.secretSealed')].filter(Boolean).join(' ')}
        error={refused ? t('connect.notAccepted') : undefined}
        code
        autoComplete="off"
      />
      {page && (
        <OutsideLink onOpen={() => openLink(page)} host={hostOf(page)}>
          {t('connect.openKeyPage', { app })}
        </OutsideLink>
      )}
    </div>
  );
}

function Permissions({ title, permissions }: { title: string; permissions: Permission[] }) {
  if (permissions.length === 0) return null;
  return (
    <div className={styles.group}>
      <h3>{title}</h3>
      <ul className={styles.list}>
        {permissions.map((p) => (
          <li key={p.scope} data-content>
            {p.reason || p.scope}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OptionalProps {
  help: string;
  permissions: Permission[];
  wanted: string[];
  onChange: (wanted: string[]) => void;
}

function OptionalPermissions({ help, permissions, wanted, onChange }: OptionalProps) {
  const { t } = useTranslation();
  const toggle = (scope: string, on: boolean) =>
    onChange(on ? [...wanted, scope] : wanted.filter((other) => other !== scope));
  return (
    <div className={styles.group} role="group" aria-labelledby="optional-permissions">
      <h3 id="optional-permissions">{t('connect.optional')}</h3>
      <p className={styles.quiet}>{help}</p>
      {permissions.map((p) => (
        <Checkbox
          key={p.scope}
          isSelected={wanted.includes(p.scope)}
          onChange={(on) => toggle(p.scope, on)}
        >
          {p.reason || p.scope}
        </Checkbox>
      ))}
    </div>
  );
}
