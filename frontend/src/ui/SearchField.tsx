import { Search, X } from 'lucide-react';
import type { FocusEventHandler, KeyboardEvent, MouseEvent, Ref } from 'react';
import styles from './SearchField.module.css';

export interface SearchFieldProps {
  label: string;
  placeholder?: string;
  clearLabel: string;
  value: string;
  onChange: (text: string) => void;
  /** Told of Enter. */
  onSubmit?: () => void;
  /** Told of each key that the field itself has no use for. */
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  onFocus?: FocusEventHandler;
  /** Keys that lead here, shown while the field is empty. */
  keys?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/**
 * A search field that Esc clears. Every key in it is waited for, so it is the
 * browser's own and nothing more.
 */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, clearLabel, value, onChange, onSubmit, onKeyDown, ...rest } = props;
  const { keys, inputRef, onFocus } = rest;
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter and Esc within an input method belong to it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      event.stopPropagation();
      onChange('');
    } else if (event.key === 'Enter') onSubmit?.();
    else onKeyDown?.(event);
  };
  return (
    <div className={styles.field} data-empty={value === '' || undefined}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        className={styles.input}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={pressed}
        onFocus={onFocus}
      />
      {keys && (
        <span className={styles.keys} aria-hidden="true">
          {keys}
        </span>
      )}
      <button
        type="button"
        tabIndex={-1}
        className={styles.clear}
        aria-label={clearLabel}
        onMouseDown={keepFocus}
        onClick={() => onChange('')}
      >
        <X aria-hidden="true" />
      </button>
    </div>
  );
}

/** A press on the field's button goes on in the field. */
function keepFocus(event: MouseEvent<HTMLButtonElement>): void {
  event.preventDefault();
  event.currentTarget.parentElement?.querySelector('input')?.focus();
}
