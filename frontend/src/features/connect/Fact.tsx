import { system } from '../../bridge/api';
import { useTranslation } from '../../texts/useTranslation';
import { CopyButton } from '../../ui/CopyButton';
import styles from './connect.module.css';

interface FactProps {
  label: string;
  value: string;
  /** The name of the button that copies it; without one there is none. */
  copy?: 'connect.copyRedirect' | 'connect.copyScopes';
}

/** One thing to enter at the provider, letter by letter. */
export function Fact({ label, value, copy }: FactProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fact}>
      <span className={styles.factLabel}>{label}</span>
      <span className={copy ? styles.factCode : styles.factValue} data-content>
        {value}
      </span>
      {copy && <CopyButton iconOnly label={t(copy)} onCopy={() => system.Copy(value)} />}
    </div>
  );
}
