import { ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link as AriaLink, Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './Link.module.css';

export interface PlaceLinkProps {
  /** A hash as formatHash writes it. */
  to: string;
  children: ReactNode;
}

/** Leads to another place in the window. */
export function PlaceLink({ to, children }: PlaceLinkProps) {
  return (
    <AriaLink href={to} className={styles.link}>
      {children}
    </AriaLink>
  );
}

export interface OutsideLinkProps {
  onOpen: () => void;
  /** Where it leads; shown before it is pressed. */
  host: string;
  children: ReactNode;
}

/**
 * Leads out of the window, to the person's browser. It carries no address of
 * its own, so nothing can make the window itself go there.
 */
export function OutsideLink({ onOpen, host, children }: OutsideLinkProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      <AriaLink onPress={onOpen} className={styles.link}>
        {children}
        <ArrowUpRight className={styles.out} aria-hidden="true" />
      </AriaLink>
      <Tooltip className={styles.tooltip} offset={6}>
        {host}
      </Tooltip>
    </TooltipTrigger>
  );
}
