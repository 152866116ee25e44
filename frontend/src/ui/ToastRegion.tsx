import { X } from 'lucide-react';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastRegion as AriaToastRegion,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
} from 'react-aria-components';
import { IconButton } from './IconButton';
import styles from './ToastRegion.module.css';
import type { Toast } from './toast';

export const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** Where toasts appear; mounted once. */
export default function ToastRegion({ label, closeLabel }: { label: string; closeLabel: string }) {
  return (
    <AriaToastRegion queue={queue} aria-label={label} className={styles.region}>
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
    </AriaToastRegion>
  );
}
