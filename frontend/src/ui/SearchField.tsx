import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  Button,
  Input,
} from 'react-aria-components';
import styles from './SearchField.module.css';

export interface SearchFieldProps
  extends Omit<AriaSearchFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  placeholder?: string;
  clearLabel: string;
  /** Keys that lead here, shown while the field is empty. */
  keys?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/** A search field that Esc clears. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, clearLabel, keys, inputRef, ...rest } = props;
  return (
    <AriaSearchField {...rest} aria-label={label} className={styles.field}>
      <Search className={styles.icon} aria-hidden="true" />
      <Input
        ref={inputRef}
        className={styles.input}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
      />
      {keys && (
        <span className={styles.keys} aria-hidden="true">
          {keys}
        </span>
      )}
      <Button className={styles.clear} aria-label={clearLabel}>
        <X aria-hidden="true" />
      </Button>
    </AriaSearchField>
  );
}
