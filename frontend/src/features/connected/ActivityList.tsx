import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CirclePlay,
  CircleSlash,
  KeyRound,
  LogIn,
  Pencil,
  Plug,
  RefreshCw,
  ShieldX,
  Trash2,
} from 'lucide-react';
import { connectionsQuery } from '../../bridge/query';
import type { Activity, Receipt } from '../../bridge/types';
import { ago, dateTime } from '../../lib/time';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { PlaceLink } from '../../ui/Link';
import { Timeline } from '../../ui/Timeline';
import { scopesOf, toneOfWhat, type What, whatOf } from './activity';
import { inWords } from './answer';

const icons = {
  installed: Plug,
  reconnected: LogIn,
  refreshed: RefreshCw,
  failed: CircleAlert,
  recovered: CircleCheck,
  scopes_changed: KeyRound,
  paused: CirclePause,
  resumed: CirclePlay,
  renamed: Pencil,
  uninstalled: Trash2,
  revoked: ShieldX,
  revoke_failed: CircleSlash,
} satisfies Record<What, unknown>;

interface ActivityListProps {
  activity: Activity[];
  /** Leaves out app and account where they are clear. */
  oneConnection?: boolean;
  /** The receipts of uninstalls, and what shows one. */
  receipts?: Receipt[];
  onReceipt?: (receipt: Receipt) => void;
}

/** Leads to the connection that something happened to. */
function Subject({ did, children }: { did: Activity; children: string }) {
  const to = `#/connected/c/${encodeURIComponent(did.connectionID)}`;
  return <PlaceLink to={to}>{children}</PlaceLink>;
}

/** Who did it, and what there is to say about it. */
function noteOf(t: TFunction, { what, person, note }: Activity): string {
  if (what !== 'scopes_changed') {
    const known = what === 'failed' || what === 'revoke_failed';
    return [person, known ? inWords(t, note) : note].filter(Boolean).join(' · ');
  }
  const { came, went } = scopesOf(note);
  return [
    person,
    came && t('activity.scopesCame', { scopes: came }),
    went && t('activity.scopesWent', { scopes: went }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What happened, newest first, each with who did it and when. */
export function ActivityList(props: ActivityListProps) {
  const { activity, oneConnection = false, receipts = [], onReceipt } = props;
  const { t, language } = useTranslation();
  const here = new Set(useQuery(connectionsQuery).data?.map((c) => c.id));
  const entries = activity.map((did) => {
    const what = whatOf(did);
    const Icon = what ? icons[what] : CircleCheck;
    const title = what ? t(`activity.what.${what}`) : did.what;
    const receipt =
      what === 'uninstalled' && receipts.find((r) => r.connectionID === did.connectionID);
    const subject = [did.app, did.account].filter(Boolean).join(' · ');
    return {
      id: did.id,
      icon: <Icon size={14} />,
      tone: toneOfWhat(what),
      title: oneConnection ? (
        title
      ) : (
        <>
          {title}: {here.has(did.connectionID) ? <Subject did={did}>{subject}</Subject> : subject}
        </>
      ),
      note: noteOf(t, did),
      action: receipt && onReceipt && (
        <Button size="small" look="quiet" onPress={() => onReceipt(receipt)}>
          {t('uninstall.showReceipt')}
        </Button>
      ),
      time: (
        <time dateTime={new Date(did.at).toISOString()} title={dateTime(did.at, language)}>
          {ago(did.at, language)}
        </time>
      ),
    };
  });
  return <Timeline label={t('activity.title')} entries={entries} />;
}
