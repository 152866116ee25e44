import type { ReactNode } from 'react';
import styles from './CheckRow.module.css';

export interface CheckRowProps {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  /** Stands at the end of the row, such as a count. */
  note?: ReactNode;
  /** Its name, where the words on screen are too few. */
  label?: string;
  children: ReactNode;
}

/**
 * A choice that can be made beside others. It is the browser's own checkbox and
 * nothing around it: lists show a hundred and draw them anew with every keystroke.
 */
export function CheckRow(props: CheckRowProps) {
  const { isSelected, onChange, isDisabled = false, note, label, children } = props;
  return (
    <label className={styles.row} data-disabled={isDisabled || undefined}>
      <input
        type="checkbox"
        className={styles.box}
        checked={isSelected}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-label={label}
      />
      <span className={styles.words}>{children}</span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </label>
  );
}
