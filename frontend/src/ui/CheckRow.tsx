import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
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

/** A choice that can be made beside others. */
export function CheckRow({ note, label, children, ...rest }: CheckRowProps) {
  return (
    <Checkbox {...rest} aria-label={label} className={styles.row}>
      <span className={styles.box} aria-hidden="true">
        <Check />
      </span>
      <span className={styles.words}>{children}</span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </Checkbox>
  );
}
