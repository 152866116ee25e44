import {
  CircleCheck,
  CirclePause,
  CloudOff,
  Hourglass,
  KeyRound,
  LoaderCircle,
  LogIn,
  RefreshCw,
  ServerCrash,
  Settings2,
  ShieldX,
  Trash2,
} from 'lucide-react';
import { useTranslation } from '../../texts/useTranslation';
import { StateBadge } from '../../ui/Badge';
import { type State, toneOf } from './state';

const icons = {
  revoked: ShieldX,
  sign_in_needed: LogIn,
  client_misconfigured: Settings2,
  permission_missing: KeyRound,
  waiting_for_admin: Hourglass,
  provider_down: ServerCrash,
  retrying: RefreshCw,
  offline: CloudOff,
  renewing: LoaderCircle,
  connected: CircleCheck,
  paused: CirclePause,
  uninstalling: Trash2,
} satisfies Record<State, unknown>;

/** A state by icon, word and colour. */
export function StateMark({ state, look }: { state: State; look?: 'plain' | 'soft' }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  return (
    <StateBadge tone={toneOf(state)} icon={<Icon size={14} />} look={look}>
      {t(`state.name.${state}`)}
    </StateBadge>
  );
}
