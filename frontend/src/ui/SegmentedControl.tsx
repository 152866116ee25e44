import { Radio, RadioGroup } from 'react-aria-components';
import styles from './SegmentedControl.module.css';
import type { Choice } from './Select';

export interface SegmentedControlProps<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** Two to four choices side by side, of which one holds. */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>) {
  const { label, choices, value, onChange } = props;
  return (
    <RadioGroup
      className={styles.group}
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(next) => onChange(next as T)}
    >
      {choices.map((choice) => (
        <Radio key={choice.id} value={choice.id} className={styles.segment}>
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
