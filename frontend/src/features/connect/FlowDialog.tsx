import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultNote } from '../../ui/FaultNote';
import { Progress } from '../../ui/Progress';
import { BlockedStep } from './BlockedStep';
import { ClientStep } from './ClientStep';
import { FormStep } from './FormStep';
import type { Flow, View } from './flow';
import { PlaceStep } from './PlaceStep';
import { SigningIn } from './SigningIn';

/** The dialog of a flow, at whatever step it stands. */
export function FlowDialog({ flow, view }: { flow: Flow; view: View }) {
  switch (view.at) {
    case 'preparing':
      return <Preparing flow={flow} view={view} />;
    case 'starting':
      return <Starting flow={flow} view={view} />;
    case 'blocked':
      return <BlockedStep flow={flow} plan={view.plan} />;
    case 'place':
      return <PlaceStep flow={flow} plan={view.plan} busy={view.busy} fault={view.fault} />;
    case 'client':
      return <ClientStep flow={flow} plan={view.plan} busy={view.busy} fault={view.fault} />;
    case 'form':
      return <FormStep flow={flow} plan={view.plan} busy={view.busy} fault={view.fault} />;
    case 'signing_in':
      return <SigningIn flow={flow} {...view} />;
  }
}

/** Finding out what is needed is quick: the dialog shows only if it is not, or fails. */
function Preparing({ flow, view }: { flow: Flow; view: View }) {
  const { t } = useTranslation();
  if (!view.fault) return null;
  return (
    <Dialog
      isOpen
      onClose={() => flow.close()}
      title={t('connect.cannotStart')}
      footer={
        <>
          <Button onPress={() => flow.close()}>{t('common.close')}</Button>
          <Button look="primary" onPress={() => flow.again()}>
            {t('common.tryAgain')}
          </Button>
        </>
      }
    >
      <FaultNote fault={view.fault} />
    </Dialog>
  );
}

function Starting({ flow, view }: { flow: Flow; view: Extract<View, { at: 'starting' }> }) {
  const { t } = useTranslation();
  const { app, icon } = view.plan;
  return (
    <Dialog
      isOpen
      onClose={() => flow.close()}
      title={t('connect.signInTo', { app })}
      icon={<AppIcon icon={icon} name={app} />}
      footer={
        <>
          <Button onPress={() => flow.close()}>{t('common.cancel')}</Button>
          {view.fault && (
            <Button look="primary" onPress={() => flow.again()}>
              {t('common.tryAgain')}
            </Button>
          )}
        </>
      }
    >
      {view.fault ? (
        <FaultNote fault={view.fault} />
      ) : (
        <Progress label={t('connect.phase.opening')} />
      )}
    </Dialog>
  );
}
