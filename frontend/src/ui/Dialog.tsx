import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './Dialog.module.css';

export interface DialogProps {
  isOpen: boolean;
  /** Called when Esc is pressed, or the outside of a dismissable dialog. */
  onClose: () => void;
  title: ReactNode;
  /** Stands before the title, usually an app's icon. */
  icon?: ReactNode;
  /** A press outside closes it. Off for whatever loses work or stops something. */
  dismissable?: boolean;
  /** Changes when the dialog goes on to another step, which takes the focus there. */
  step?: string;
  width?: 'narrow' | 'wide' | 'full';
  /** Buttons, the main one last. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A modal dialog with a title, a body that scrolls, and buttons that stay in view. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, icon, step, footer, children } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={props.dismissable ?? false}
      className={styles.veil}
    >
      <Modal className={styles.modal} data-width={props.width}>
        <AriaDialog key={step} className={styles.dialog}>
          <header className={styles.header}>
            {icon}
            <Heading slot="title" level={2} className={styles.title}>
              {title}
            </Heading>
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
