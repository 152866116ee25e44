import {
  CirclePause,
  CirclePlay,
  LogIn,
  PanelRight,
  Pencil,
  RefreshCw,
  Trash2,
} from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { Connection } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { DescribeDialog } from './DescribeDialog';
import { stateOf } from './state';
import { type Action, useConnectionActions } from './useConnectionActions';

interface ActionsMenuProps {
  connection: Connection;
  trigger: ReactElement;
  /** False on the connection's own page. */
  withOpen?: boolean;
}

/** Everything that can be done with a connection, behind the button "Actions". */
export function ActionsMenu({ connection, trigger, withOpen = true }: ActionsMenuProps) {
  const { t } = useTranslation();
  const [describing, setDescribing] = useState(false);
  const { run, running } = useConnectionActions(connection);
  const state = stateOf(connection);
  const going = state === 'uninstalling';
  const paused = state === 'paused';
  const entries: MenuEntry[] = [
    {
      id: 'check',
      label: t('connected.action.check'),
      icon: <RefreshCw size={14} />,
      disabled: going || paused || running !== null,
    },
    {
      id: 'reconnect',
      label: t('connected.action.reconnect'),
      icon: <LogIn size={14} />,
      disabled: going,
    },
    paused
      ? { id: 'resume', label: t('connected.action.resume'), icon: <CirclePlay size={14} /> }
      : {
          id: 'pause',
          label: t('connected.action.pause'),
          icon: <CirclePause size={14} />,
          disabled: going,
        },
    {
      id: 'describe',
      label: t('connected.action.describe'),
      icon: <Pencil size={14} />,
      disabled: going,
    },
    {
      id: 'uninstall',
      label: t('connected.action.uninstall'),
      icon: <Trash2 size={14} />,
      danger: true,
      apart: true,
    },
  ];
  const open = { id: 'open', label: t('connected.action.open'), icon: <PanelRight size={14} /> };
  return (
    <>
      <Menu
        label={t('connected.actions')}
        trigger={trigger}
        entries={withOpen ? [open, ...entries] : entries}
        onAction={(id) => (id === 'describe' ? setDescribing(true) : run(id as Action))}
      />
      {describing && (
        <DescribeDialog connection={connection} onClose={() => setDescribing(false)} />
      )}
    </>
  );
}
