import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './Button.module.css';
import { Spinner } from './Spinner';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** `primary` once a page; `quiet` has no frame; `danger` takes something away. */
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a verb on it. While `isPending` it keeps its width and name and shows progress. */
export function Button({
  look = 'secondary',
  size = 'medium',
  icon,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={styles.button} data-look={look} data-size={size}>
      {rest.isPending ? <Spinner /> : icon}
      <span className={styles.label}>{children}</span>
    </AriaButton>
  );
}
