import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from '../texts/useTranslation';
import styles from './CopyButton.module.css';

const shownFor = 1500;

export interface CopyButtonProps {
  /** What is copied, in words: "Copy link". */
  label: string;
  onCopy: () => Promise<unknown>;
  /** Shows only the icon; the label stays its name. */
  iconOnly?: boolean;
}

/** A button that copies, and says so for a moment. */
export function CopyButton({ label, onCopy, iconOnly = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await onCopy();
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <AriaButton
      className={styles.copy}
      data-icon-only={iconOnly || undefined}
      aria-label={label}
      onPress={copy}
    >
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {!iconOnly && <span>{copied ? t('state.copied') : label}</span>}
      <span className="visually-hidden" role="status">
        {copied ? t('state.copied') : ''}
      </span>
    </AriaButton>
  );
}
