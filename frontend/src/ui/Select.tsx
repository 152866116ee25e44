import { Check, ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import styles from './field.module.css';

export interface Choice<T extends string = string> {
  id: T;
  label: string;
}

export interface SelectProps<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  help?: string;
  /** `quiet` is for tool bars: no frame, and the label only for screen readers. */
  look?: 'field' | 'quiet';
  isDisabled?: boolean;
}

/** One of a few choices, behind a button. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, choices, value, onChange, help, look = 'field', isDisabled } = props;
  return (
    <AriaSelect
      className={styles.field}
      value={value}
      onChange={(key: Key | null) => key !== null && onChange(String(key) as T)}
      isDisabled={isDisabled}
      aria-label={look === 'quiet' ? label : undefined}
    >
      {look === 'field' && <Label className={styles.label}>{label}</Label>}
      <Button className={styles.trigger} data-look={look}>
        <SelectValue>{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown aria-hidden="true" />
      </Button>
      {help && (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      )}
      <Popover className={styles.popover} offset={4}>
        <ListBox items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={styles.option}>
              <Check aria-hidden="true" />
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
