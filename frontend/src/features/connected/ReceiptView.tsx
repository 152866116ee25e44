import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleSlash, Hourglass } from 'lucide-react';
import { connections } from '../../bridge/api';
import { hostOf, openLink } from '../../bridge/openLink';
import { invalidate } from '../../bridge/query';
import { report } from '../../bridge/report';
import type { Detail, Receipt } from '../../bridge/types';
import { ago, dateTime } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { DetailsList } from '../../ui/DetailsDisclosure';
import { OutsideLink } from '../../ui/Link';
import { inWords } from './answer';
import { factOf, hindranceOf, outcomeOf, type RevokeOutcome } from './receipt';
import styles from './uninstall.module.css';

const icons = {
  revoked: CircleCheck,
  pending: Hourglass,
  gave_up: CircleSlash,
  not_offered: CircleSlash,
} satisfies Record<RevokeOutcome, unknown>;

/** What an uninstall removed, how the revocation went, and what is left to do by hand. */
export function ReceiptView({ receipt }: { receipt: Receipt }) {
  const { t, language } = useTranslation();
  const words = useFacts();
  return (
    <>
      <p className={styles.quiet}>
        {t('uninstall.byWhom', {
          account: receipt.account,
          when: dateTime(receipt.at, language),
          person: receipt.person,
        })}
      </p>
      <Revocation receipt={receipt} />
      <section className={styles.part}>
        <h3>{t('uninstall.removed')}</h3>
        <DetailsList details={words(receipt.removed, t('uninstall.erased'))} />
      </section>
      {receipt.kept.length > 0 && (
        <section className={styles.part}>
          <h3>{t('uninstall.kept')}</h3>
          <DetailsList details={words(receipt.kept, t('uninstall.stays'))} />
        </section>
      )}
      {receipt.steps.length > 0 && <Checklist receipt={receipt} />}
    </>
  );
}

/** Puts what a receipt names into words; where it names no more than that, `otherwise` says what became of it. */
function useFacts(): (details: Detail[], otherwise: string) => Detail[] {
  const { t } = useTranslation();
  return (details, otherwise) =>
    details.map(({ label, value }) => {
      const known = factOf(label);
      return { label: known ? t(`uninstall.fact.${known}`) : label, value: value || otherwise };
    });
}

function Revocation({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const outcome = outcomeOf(receipt);
  const hindrance = hindranceOf(receipt);
  const Icon = icons[outcome];
  return (
    <div className={styles.revocation} data-outcome={outcome}>
      <Icon size={16} aria-hidden />
      <div>
        <p>
          {t(hindrance ? `uninstall.unasked.${hindrance}` : `uninstall.revokedLong.${outcome}`, {
            app: receipt.app,
          })}
        </p>
        {receipt.revokeDetail && outcome !== 'revoked' && !hindrance && (
          <p className={styles.quiet} data-content>
            {t('uninstall.lastAnswer', { answer: inWords(t, receipt.revokeDetail) })}
          </p>
        )}
        {receipt.nextTry > 0 && receipt.tries > 0 && <Tried receipt={receipt} />}
        {outcome !== 'revoked' && (
          <div className={styles.helps}>
            {receipt.nextTry > 0 && <TryNow receipt={receipt} />}
            {receipt.revokePage && (
              <OutsideLink
                onOpen={() => openLink(receipt.revokePage)}
                host={hostOf(receipt.revokePage)}
              >
                {t('uninstall.revokeThere', { app: receipt.app })}
              </OutsideLink>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** A revocation that is tried again by itself says when. */
function Tried({ receipt }: { receipt: Receipt }) {
  const { t, language } = useTranslation();
  const when = ago(Math.max(receipt.nextTry, Date.now()), language);
  return <p className={styles.quiet}>{t('uninstall.tried', { count: receipt.tries, when })}</p>;
}

function TryNow({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => connections.RevokeNow(receipt.id),
    onError: report,
    onSettled: () => invalidate(client, ['receipt', 'activity']),
  });
  return (
    <Button size="small" isPending={again.isPending} onPress={() => again.mutate()}>
      {t('uninstall.tryNow')}
    </Button>
  );
}

/** Things to do at the provider; each stays until it is ticked. */
function Checklist({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tick = useMutation({
    mutationFn: ({ id, done }: { id: string; done: boolean }) =>
      connections.TickStep(receipt.id, id, done),
    onError: report,
    onSettled: () => invalidate(client, ['receipt']),
  });
  const ticked = (id: string, done: boolean) =>
    tick.isPending && tick.variables.id === id ? tick.variables.done : done;
  return (
    <section className={styles.part}>
      <h3>{t('uninstall.stepsTitle', { app: receipt.app })}</h3>
      <ul className={styles.checklist}>
        {receipt.steps.map((step) => (
          <li key={step.id}>
            <Checkbox
              isSelected={ticked(step.id, step.done)}
              onChange={(done) => tick.mutate({ id: step.id, done })}
            >
              {step.text}
            </Checkbox>
            {step.link && (
              <OutsideLink onOpen={() => openLink(step.link)} host={hostOf(step.link)}>
                {t('uninstall.openStep')}
              </OutsideLink>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
