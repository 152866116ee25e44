import type { ReactNode } from 'react';
import styles from './CheckRow.module.css';

export interface CheckRowProps {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  /** Stands at the end of the row, such as a count. */
  note?: ReactNode;
  /** The id of its words. */
  id?: string;
  /** Ids of what names it, where its words are too few. */
  labelledBy?: string;
  children: ReactNode;
}

/**
 * A choice that can be made beside others. It is the browser's own checkbox and
 * nothing around it: lists show a hundred and draw them anew with every keystroke.
 */
export function CheckRow(props: CheckRowProps) {
  const { isSelected, onChange, isDisabled = false, note, id, labelledBy, children } = props;
  return (
    <label className={styles.row} data-disabled={isDisabled || undefined}>
      <input
        type="checkbox"
        className={styles.box}
        checked={isSelected}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-labelledby={labelledBy}
      />
      <span className={styles.words} id={id}>
        {children}
      </span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </label>
  );
}
