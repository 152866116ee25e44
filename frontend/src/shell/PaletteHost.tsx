import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../texts/useTranslation';
import styles from './Palette.module.css';

const Palette = lazy(() => import('./Palette'));

/** The palette, whose field takes keys from the first moment on: what is typed while it still loads goes on in it. */
export function PaletteHost({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  useFocusBack();
  return (
    <Suspense fallback={<FieldAhead typed={typed} onType={setTyped} onClose={onClose} />}>
      <Palette typed={typed} onClose={onClose} />
    </Suspense>
  );
}

/** Gives the focus back to what had it. The palette itself knows only the field ahead of it. */
function useFocusBack(): void {
  const before = useRef(document.activeElement);
  useEffect(
    () => () => {
      // Once the page can be reached again.
      requestAnimationFrame(() => {
        const lost = document.activeElement === document.body;
        if (lost && before.current instanceof HTMLElement) before.current.focus();
      });
    },
    [],
  );
}

interface FieldAheadProps {
  typed: string;
  onType: (text: string) => void;
  onClose: () => void;
}

/** The palette's field alone, as it looks with the rest below it. */
function FieldAhead({ typed, onType, onClose }: FieldAheadProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.veil}>
      <div
        className={styles.modal}
        role="dialog"
        aria-modal="true"
        aria-label={t('shell.palette.title')}
      >
        <input
          ref={(input) => input?.focus()}
          type="search"
          aria-label={t('shell.palette.title')}
          placeholder={t('shell.palette.placeholder')}
          className={styles.input}
          spellCheck={false}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onClose()}
        />
      </div>
    </div>
  );
}
