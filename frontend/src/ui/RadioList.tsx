import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './RadioList.module.css';
import type { Choice } from './Select';

export interface RadioListProps<T extends string> {
  label: string;
  choices: readonly (Choice<T> & { help?: string })[];
  value: T;
  onChange: (value: T) => void;
}

/** Choices below each other, each with a line that explains it. */
export function RadioList<T extends string>({
  label,
  choices,
  value,
  onChange,
}: RadioListProps<T>) {
  return (
    <RadioGroup className={styles.list} value={value} onChange={(next) => onChange(next as T)}>
      <Label className={styles.label}>{label}</Label>
      {choices.map((choice) => (
        <Radio key={choice.id} value={choice.id} className={styles.choice}>
          <span className={styles.dot} aria-hidden="true" />
          <span>
            {choice.label}
            {choice.help && <span className={styles.help}>{choice.help}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
