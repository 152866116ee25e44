import type { ReactElement, ReactNode } from 'react';
import {
  Menu as AriaMenu,
  type Key,
  MenuItem,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import styles from './Menu.module.css';

export interface MenuEntry {
  id: string;
  label: string;
  /** What the entry comes to, such as a time. */
  note?: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** A line above sets this entry apart from the ones before. */
  apart?: boolean;
}

export interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactElement;
  label: string;
  entries: MenuEntry[];
  onAction: (id: string) => void;
}

/** A menu behind a button. */
export function Menu({ trigger, label, entries, onAction }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover} placement="bottom end" offset={4}>
        <AriaMenu
          className={styles.menu}
          aria-label={label}
          onAction={(key: Key) => onAction(String(key))}
          disabledKeys={entries.filter((entry) => entry.disabled).map((entry) => entry.id)}
        >
          {entries.flatMap((entry) => [
            entry.apart && <Separator key={`${entry.id}-line`} className={styles.line} />,
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              className={styles.item}
              data-danger={entry.danger || undefined}
            >
              {entry.icon}
              <Text slot="label">{entry.label}</Text>
              {entry.note && (
                <Text slot="description" className={styles.note}>
                  {entry.note}
                </Text>
              )}
            </MenuItem>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
