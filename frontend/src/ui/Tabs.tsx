import { type ReactNode, useId } from 'react';
import { Tabs as AriaTabs, type Key, Tab, TabList, TabPanel } from 'react-aria-components';
import styles from './Tabs.module.css';

export interface TabItem {
  id: string;
  /** The tab's accessible name, exactly. */
  label: string;
  /** Shown behind the name and left out when it is 0; `countText` says it in words. */
  count?: number;
  countText?: string;
  content: ReactNode;
}

export interface TabsProps {
  label: string;
  items: TabItem[];
  selected: string;
  onSelect: (id: string) => void;
}

/** Tabs whose names stay as they are: a count is a description, not part of the name. */
export function Tabs({ label, items, selected, onSelect }: TabsProps) {
  const id = useId();
  const choose = (key: Key) => onSelect(String(key));
  return (
    <AriaTabs
      className={styles.tabs}
      selectedKey={selected}
      onSelectionChange={choose}
      keyboardActivation="manual"
    >
      <TabList className={styles.list} aria-label={label}>
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className={styles.tab}
            aria-label={item.label}
            aria-describedby={item.count ? `${id}-${item.id}` : undefined}
          >
            {item.label}
            {item.count ? (
              <span className={styles.count} id={`${id}-${item.id}`}>
                <span aria-hidden="true">{item.count}</span>
                <span className="visually-hidden">{item.countText}</span>
              </span>
            ) : null}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={styles.panel}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
