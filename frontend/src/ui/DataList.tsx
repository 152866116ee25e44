import type { ReactNode } from 'react';
import { GridList, GridListItem, type Key, ListLayout, Virtualizer } from 'react-aria-components';
import styles from './DataList.module.css';

export interface DataListProps<T extends { id: string }> {
  label: string;
  items: T[];
  /** What a row is called, for type-ahead and screen readers. */
  textOf: (item: T) => string;
  /** A press on the row, or Enter. Buttons inside keep their own. */
  onOpen: (id: string) => void;
  children: (item: T) => ReactNode;
}

/** From so many rows on only those in view are drawn. */
const many = 60;
const rowHeight = 57;

/** Rows that open something, with arrow keys, type-ahead, and buttons inside. */
export function DataList<T extends { id: string }>(props: DataListProps<T>) {
  const { items } = props;
  if (items.length < many) return <Rows {...props} />;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: rowHeight }}>
      <Rows {...props} />
    </Virtualizer>
  );
}

/**
 * When a menu closes, react-aria asks around its button where the focus should
 * go, and the list would take it to the row. It goes back to the button.
 */
function keepFocus(content: HTMLElement | null): void {
  content?.addEventListener('react-aria-focus-scope-restore', (event) => event.stopPropagation());
}

function Rows<T extends { id: string }>(props: DataListProps<T>) {
  const { label, items, textOf, onOpen, children } = props;
  return (
    <GridList
      aria-label={label}
      className={styles.list}
      data-many={items.length >= many || undefined}
      items={items}
      onAction={(key: Key) => onOpen(String(key))}
      keyboardNavigationBehavior="tab"
      selectionMode="none"
    >
      {(item) => (
        <GridListItem id={item.id} textValue={textOf(item)} className={styles.item}>
          <div ref={keepFocus} className={styles.content}>
            {children(item)}
          </div>
        </GridListItem>
      )}
    </GridList>
  );
}
