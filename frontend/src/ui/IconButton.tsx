import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import styles from './IconButton.module.css';

export interface IconButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Its name; shown as a tooltip as well. */
  label: string;
  children: ReactNode;
  size?: 'small' | 'medium';
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon. */
export function IconButton({ label, children, size = 'medium', ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      <AriaButton {...rest} aria-label={label} className={styles.button} data-size={size}>
        {children}
      </AriaButton>
      <Tooltip className={styles.tooltip} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
