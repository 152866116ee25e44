import { type FormEvent, useState } from 'react';
import type { Fault } from '../../bridge/fault';
import type { Permission } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Checkbox } from '../../ui/Checkbox';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import styles from './connect.module.css';
import { byName, complete, defaults, fill, named } from './entry';
import { type Flow, heldOptional } from './flow';
import { KeyField } from './KeyField';
import type { Plan } from './plan';
import { StepFooter } from './StepFooter';
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
  const before = flow.options;
  const [values, setValues] = useState(() => ({
    ...defaults(variables),
    ...byName(before?.variables ?? []),
    ...plan.entered,
  }));
  const [wanted, setWanted] = useState(() =>
    plan.optional.map((p) => p.scope).filter((scope) => before?.optional.includes(scope)),
  );
  const [key, setKey] = useState(before?.key ?? '');
  const entered = complete(variables, values) && (!needsKey || key.trim() !== '');
  const shown = ['key', ...variables.map((v) => v.name)];
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
        <StepFooter
          flow={flow}
          form="entry"
          label={t(needsKey ? 'connect.connectKey' : 'connect.goOn')}
          ready={ready}
          busy={busy}
        />
      }
    >
      <form
        id="entry"
        className={styles.form}
        onSubmit={submit}
        onChange={() => flow.forgetFault()}
      >
        <VariableFields variables={variables} values={values} fault={fault} onChange={setValues} />
        {needsKey && connecting && (
          <KeyField
            label={connecting.keyLabel}
            help={connecting.keyHelp}
            page={fill(connecting.keyPage, variables, values)}
            scopes={requiredScopes(plan)}
            app={app}
            value={key}
            refused={fault?.field === 'key'}
            first={variables.length === 0}
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
      {fault && !shown.includes(fault.field) && <FaultNote fault={fault} />}
    </Dialog>
  );
}

function requiredScopes({ listing }: Plan): string[] {
  return listing?.permissions.filter((p) => !p.optional).map((p) => p.scope) ?? [];
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
