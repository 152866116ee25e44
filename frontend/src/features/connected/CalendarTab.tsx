import { useQuery } from '@tanstack/react-query';
import { CalendarCheck, CalendarClock, RefreshCw } from 'lucide-react';
import type { Expiry } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { ask, startReconnect } from '../../lib/intent';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { StateBadge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { goTo } from '../../ui/place';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import styles from './CalendarTab.module.css';
import { agenda, ahead, endingOf, type Span, strip, urgency, type Week } from './expiry';
import { expiriesQuery } from './queries';

/** The tab Calendar: what is known to end, by week and month, and what renews itself. */
export function CalendarTab() {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const query = useQuery(expiriesQuery);
  if (query.isPending) return <Skeleton label={t('common.loading')} rows={3} />;
  if (query.isError && !query.data) {
    return (
      <Trouble
        {...faultText(query.error)}
        onRetry={() => query.refetch()}
        retryLabel={t('common.tryAgain')}
      />
    );
  }
  const all = query.data ?? [];
  if (all.length === 0) {
    return (
      <EmptyState icon={<CalendarCheck size={20} />} title={t('calendar.noneTitle')}>
        {t('calendar.noneBody')}
      </EmptyState>
    );
  }
  return (
    <div className={styles.tab}>
      <Strip weeks={strip(all)} />
      {agenda(all).map((span) => (
        <Part key={`${span.id} ${span.from}`} span={span} />
      ))}
    </div>
  );
}

/** The next weeks at a glance; a screen reader reads the agenda below instead. */
function Strip({ weeks }: { weeks: Week[] }) {
  const { t, language } = useTranslation();
  const most = Math.max(...weeks.map((week) => week.count), 1);
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const byHand = weeks.reduce((sum, week) => sum + week.byHand, 0);
  return (
    <section className={styles.glance} aria-label={t('calendar.glance')}>
      <p className={styles.summary}>
        {byHand > 0 ? t('calendar.summary', { count: byHand }) : t('calendar.summaryNone')}
        <span className={styles.legend} aria-hidden="true">
          <span className={styles.byHandDot} /> {t('calendar.needsYou')}
          <span className={styles.renewedDot} /> {t('calendar.renewsItself')}
        </span>
      </p>
      <div className={styles.strip} aria-hidden="true">
        {weeks.map((week) => (
          <div key={week.from} className={styles.week}>
            <span className={styles.count}>{week.count || ''}</span>
            <span className={styles.bar} data-empty={week.count === 0 || undefined}>
              <span
                className={styles.renewed}
                style={{ flexGrow: (week.count - week.byHand) / most }}
              />
              <span className={styles.byHand} style={{ flexGrow: week.byHand / most }} />
            </span>
            <span className={styles.day}>{day.format(week.from)}</span>
          </div>
        ))}
      </div>
    </section>
  );
}

function Part({ span }: { span: Span }) {
  const { t, language } = useTranslation();
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
  const title = span.id === 'month' ? month.format(span.from) : t(`calendar.span.${span.id}`);
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.list} aria-label={title}>
        {span.items.map((item) => (
          <Entry key={`${item.connectionID} ${item.what}`} item={item} />
        ))}
      </ul>
    </section>
  );
}

const icons = {
  critical: <CalendarClock size={14} />,
  warning: <CalendarClock size={14} />,
  quiet: <CalendarClock size={14} />,
  good: <RefreshCw size={14} />,
};

function Entry({ item }: { item: Expiry }) {
  const { t, language } = useTranslation();
  const what = endingOf(item);
  const tone = urgency(item);
  const day = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  const over = item.at < Date.now();
  const note = item.byItself
    ? t('calendar.byItself')
    : t(`calendar.${over ? 'noteOver' : 'note'}.${what}`);
  return (
    <li className={styles.entry}>
      <span className={styles.when}>
        {day.format(item.at)}
        <span className={styles.quiet}>{ahead(item.at, language)}</span>
      </span>
      <AppIcon icon={item.icon} name={item.app} />
      <span className={styles.words}>
        <button
          type="button"
          className={styles.name}
          onClick={() => goTo(['connected', 'c', item.connectionID])}
        >
          {item.app} {!ofApp(what) && <span className={styles.quiet}>{item.account}</span>}
        </button>
        <span className={styles.note}>{note}</span>
      </span>
      <StateBadge tone={tone} icon={icons[tone]}>
        {t(`calendar.${over ? 'whatOver' : 'what'}.${what}`)}
      </StateBadge>
      <Remedy item={item} />
    </li>
  );
}

/** Whether an end concerns every connection of the app, and not one account. */
function ofApp(what: string): boolean {
  return what === 'client_secret' || what === 'registration';
}

function Remedy({ item }: { item: Expiry }) {
  const { t } = useTranslation();
  if (item.byItself || endingOf(item) === 'registration') return <span />;
  const secret = endingOf(item) === 'client_secret';
  const { connectionID } = item;
  const run = () =>
    secret ? ask('set_up_client', { connectionID }) : startReconnect(connectionID);
  return (
    <Button
      size="small"
      onPress={run}
      aria-label={t(secret ? 'calendar.newSecretFor' : 'calendar.reconnectFor', { app: item.app })}
    >
      {t(secret ? 'calendar.newSecret' : 'calendar.reconnect')}
    </Button>
  );
}
