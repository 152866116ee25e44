import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import type { Flow } from './flow';
import type { Plan } from './plan';

/** Says why an app cannot be connected from here, in the listing's own words if it has some. */
export function BlockedStep({ flow, plan }: { flow: Flow; plan: Plan }) {
  const { t } = useTranslation();
  const reason = plan.listing?.connecting.forbidden || plan.setup?.forbidden;
  return (
    <Dialog
      isOpen
      dismissable
      onClose={() => flow.close()}
      title={t('connect.blockedTitle', { app: plan.app })}
      icon={<AppIcon icon={plan.icon} name={plan.app} />}
      footer={<Button onPress={() => flow.close()}>{t('common.close')}</Button>}
    >
      <p data-content>{reason || t('connect.blockedUnknown')}</p>
    </Dialog>
  );
}
