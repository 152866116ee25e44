import type { Alert } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import type { useWalk } from './useWalk';

export type WalkHandle = ReturnType<typeof useWalk>;

/** How a walk through several sign-ins stands: what is done, skipped and left, and what is next. */
export function WalkBanner({ alerts, walk }: { alerts: Alert[]; walk: WalkHandle }) {
  const { t } = useTranslation();
  const now = walk.walk;
  if (!now) return null;
  const next = alerts.find((alert) => alert.connectionID === now.left[0]);
  const who = next ? `${next.app} ${next.account}`.trim() : '';
  const counts = t('alerts.walk.counts', {
    done: now.done,
    skipped: now.skipped,
    left: now.left.length,
  });
  if (now.phase === 'over') {
    return (
      <Banner
        tone="info"
        title={t('alerts.walk.over')}
        onDismiss={walk.stop}
        dismissLabel={t('common.close')}
      >
        {counts}
      </Banner>
    );
  }
  const halted = now.phase === 'halted';
  return (
    <Banner
      tone="info"
      title={t(halted ? 'alerts.walk.next' : 'alerts.walk.now', { who })}
      action={
        <>
          {halted && (
            <Button size="small" look="primary" onPress={() => void walk.goOn()}>
              {t('alerts.walk.goOn')}
            </Button>
          )}
          <Button size="small" onPress={walk.stop}>
            {t('alerts.walk.stop')}
          </Button>
        </>
      }
    >
      {counts}
    </Banner>
  );
}
