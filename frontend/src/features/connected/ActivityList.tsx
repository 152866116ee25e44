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
import { useTranslation } from 'react-i18next';
import type { Activity } from '../../bridge/types';
import { ago, dateTime } from '../../lib/time';
import { Timeline } from '../../ui/Timeline';
import { toneOfWhat, type What, whatOf } from './activity';

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
}

/** What happened, newest first, each with who did it and when. */
export function ActivityList({ activity, oneConnection = false }: ActivityListProps) {
  const { t, i18n } = useTranslation();
  const entries = activity.map((did) => {
    const what = whatOf(did);
    const Icon = what ? icons[what] : CircleCheck;
    const title = what ? t(`activity.what.${what}`) : did.what;
    const subject = oneConnection ? '' : [did.app, did.account].filter(Boolean).join(' · ');
    return {
      id: did.id,
      icon: <Icon size={14} />,
      tone: toneOfWhat(what),
      title: subject ? `${title}: ${subject}` : title,
      note: [did.person, did.note].filter(Boolean).join(' · '),
      time: (
        <time dateTime={new Date(did.at).toISOString()} title={dateTime(did.at, i18n.language)}>
          {ago(did.at, i18n.language)}
        </time>
      ),
    };
  });
  return <Timeline label={t('activity.title')} entries={entries} />;
}
