import type { ReactNode } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import styles from './field.module.css';

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  help?: ReactNode;
  /** What is wrong with the value; shown while it is not empty. */
  error?: string;
  placeholder?: string;
  /** Gives that many lines instead of one. */
  lines?: number;
  /** For ids, addresses and keys. */
  code?: boolean;
}

/**
 * A labelled input with help below, and the error in the help's place. An error is
 * shown, never enforced: it tells how the last try went, and the next may be another.
 */
export function TextField({
  label,
  help,
  error,
  placeholder,
  lines,
  code,
  ...rest
}: TextFieldProps) {
  const look = code ? `${styles.input} ${styles.code}` : styles.input;
  return (
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      className={styles.field}
      isInvalid={rest.isInvalid || Boolean(error)}
    >
      <Label className={styles.label}>{label}</Label>
      {lines ? (
        <TextArea className={`${look} ${styles.area}`} placeholder={placeholder} rows={lines} />
      ) : (
        <Input className={look} placeholder={placeholder} spellCheck={code ? false : undefined} />
      )}
      {help && !error && (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  );
}
