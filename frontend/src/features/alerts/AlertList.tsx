import { CircleCheck } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Alert } from '../../bridge/types';
import { ago } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { HoverCard } from '../../ui/HoverCard';
import { type HoverCardsHandle, useHoverCards } from '../../ui/useHoverCards';
import { AlertCard } from './AlertCard';
import styles from './AlertList.module.css';
import { groupByApp } from './order';
import { Severity } from './Severity';
import { useArrivedAt } from './useArrivedAt';
import { useKeptFocus } from './useKeptFocus';

export interface AlertListProps {
  alerts: Alert[];
  /** Alerts that ended a moment ago and are on their way out. */
  leaving: Alert[];
}

/**
 * Alerts by app, worst first. One row is in the tab order; arrow keys go from
 * row to row, Tab goes from a row into its card.
 */
export function AlertList({ alerts, leaving }: AlertListProps) {
  const { t } = useTranslation();
  const cards = useHoverCards();
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState('');
  const groups = groupByApp([...alerts, ...leaving]);
  const gone = new Set(leaving.map((alert) => alert.id));
  const rows = groups.flatMap((group) => group.alerts).filter((alert) => !gone.has(alert.id));
  const inOrder = rows.some((alert) => alert.id === current) ? current : rows[0]?.id;
  useKeptFocus(list, leaving.map((alert) => alert.id).join(' '));
  useArrivedAt(rows, (id) => cards.machine.pin(id));
  return (
    <ul ref={list} className={styles.groups} onKeyDown={(event) => moveFocus(event, list.current)}>
      {groups.map((group) => (
        <li key={group.slug} className={styles.group}>
          <ul aria-label={group.app || t('alerts.thisComputer')}>
            {group.alerts.map((alert) =>
              gone.has(alert.id) ? (
                <MendedRow key={alert.id} alert={alert} />
              ) : (
                <AlertRow
                  key={alert.id}
                  alert={alert}
                  cards={cards}
                  inTabOrder={alert.id === inOrder}
                  onFocus={() => setCurrent(alert.id)}
                />
              ),
            )}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface AlertRowProps {
  alert: Alert;
  cards: HoverCardsHandle;
  inTabOrder: boolean;
  onFocus: () => void;
}

function AlertRow({ alert, cards, inTabOrder, onFocus }: AlertRowProps) {
  const { language } = useTranslation();
  const id = useId();
  const open = cards.openID === alert.id;
  const handlers = cards.rowProps(alert.id);
  return (
    <li>
      <button
        {...handlers}
        type="button"
        data-row
        className={styles.row}
        data-open={open || undefined}
        tabIndex={inTabOrder ? 0 : -1}
        aria-expanded={open}
        aria-controls={open ? `${id}-card` : undefined}
        aria-describedby={`${id}-sentence`}
        onFocus={(event) => {
          onFocus();
          handlers.onFocus?.(event);
        }}
        onClick={(event) => {
          handlers.onClick?.(event);
          // Without a pointer the reader wants to be in the card, not on its row.
          if (event.detail === 0) requestAnimationFrame(() => focusCard(`${id}-card`));
        }}
      >
        <RowContent alert={alert} />
        <span className={styles.since}>{ago(alert.since, language)}</span>
      </button>
      <span id={`${id}-sentence`} hidden>
        {alert.sentence} {alert.effect}
      </span>
      {open && (
        <HoverCard cards={cards} id={alert.id} elementID={`${id}-card`} labelledBy={`${id}-title`}>
          <AlertCard
            alert={alert}
            titleID={`${id}-title`}
            pinned={cards.pinned}
            onPin={(pin) => (pin ? cards.machine.pin(alert.id) : cards.machine.unpin())}
            onClose={() => cards.machine.close()}
          />
        </HoverCard>
      )}
    </li>
  );
}

function focusCard(id: string): void {
  document.getElementById(id)?.focus();
}

function RowContent({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const name = alert.app || t('alerts.thisComputer');
  return (
    <>
      <AppIcon icon={alert.icon} name={name} />
      <span className={styles.words}>
        <span className={styles.name}>
          {name}
          {alert.account && <span className={styles.account}> {alert.account}</span>}
        </span>
        <Severity alert={alert} />
      </span>
    </>
  );
}

/** The short confirmation that stands where an alert was. */
function MendedRow({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  return (
    <li className={styles.mended}>
      <CircleCheck size={16} aria-hidden />
      <span>
        {alert.app || t('alerts.thisComputer')} {alert.account}
      </span>
      <span className={styles.over}>
        {t('alerts.over')} <span className="visually-hidden">{alert.title}</span>
      </span>
    </li>
  );
}

const moves: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const move = moves[event.key];
  const target = event.target as HTMLElement;
  if (!move || !list || !('row' in target.dataset)) return;
  event.preventDefault();
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  rows[move(rows.indexOf(target), rows.length - 1)]?.focus();
}
