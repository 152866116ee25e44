import { type FormEvent, useState } from 'react';
import type { Fault } from '../../bridge/fault';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import styles from './connect.module.css';
import { complete, defaults } from './entry';
import type { Flow } from './flow';
import { type Plan, placeVariables } from './plan';
import { StepFooter } from './StepFooter';
import { VariableFields } from './VariableFields';

interface StepProps {
  flow: Flow;
  plan: Plan;
  busy: boolean;
  fault: Fault | null;
}

/** Asks which of a provider's servers is meant, since each has a client of its own. */
export function PlaceStep({ flow, plan, busy, fault }: StepProps) {
  const { t } = useTranslation();
  const asked = placeVariables(plan);
  const [values, setValues] = useState(() => ({ ...defaults(asked), ...plan.entered }));
  const ready = complete(asked, values);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) flow.choosePlace(values);
  };
  return (
    <Dialog
      isOpen
      step="place"
      onClose={() => flow.close()}
      title={t('connect.title.connect', { app: plan.app })}
      icon={<AppIcon icon={plan.icon} name={plan.app} />}
      footer={
        <StepFooter flow={flow} form="place" label={t('connect.goOn')} ready={ready} busy={busy} />
      }
    >
      <p className={styles.quiet}>{t('connect.placeWhy', { app: plan.app })}</p>
      <form
        id="place"
        className={styles.form}
        onSubmit={submit}
        onChange={() => flow.forgetFault()}
      >
        <VariableFields variables={asked} values={values} fault={fault} onChange={setValues} />
      </form>
      {fault && !(fault.field in values) && <FaultNote fault={fault} />}
    </Dialog>
  );
}
