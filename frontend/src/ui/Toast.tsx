import { X } from 'lucide-react';
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { IconButton } from './IconButton';
import styles from './Toast.module.css';

export interface Toast {
  title: string;
  body?: string;
  tone?: 'info' | 'critical';
}

const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** How long a toast stays, in milliseconds; the pointer or focus holds it. */
const stay = 6_000;

/** Says something that needs no answer. Trouble stays until it is closed. */
export function showToast(toast: Toast): void {
  queue.add(toast, toast.tone === 'critical' ? {} : { timeout: stay });
}

/** Where toasts appear; mounted once. */
export function Toasts({ label, closeLabel }: { label: string; closeLabel: string }) {
  return (
    <ToastRegion queue={queue} aria-label={label} className={styles.region}>
      {({ toast }) => (
        <AriaToast toast={toast} className={styles.toast} data-tone={toast.content.tone}>
          <ToastContent className={styles.words}>
            <Text slot="title" className={styles.title}>
              {toast.content.title}
            </Text>
            {toast.content.body && <Text slot="description">{toast.content.body}</Text>}
          </ToastContent>
          <IconButton slot="close" size="small" label={closeLabel}>
            <X aria-hidden="true" />
          </IconButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
