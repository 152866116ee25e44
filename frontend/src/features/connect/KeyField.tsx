import { hostOf, openLink } from '../../bridge/openLink';
import { useTranslation } from '../../texts/useTranslation';
import { OutsideLink } from '../../ui/Link';
import { TextField } from '../../ui/TextField';
import styles from './connect.module.css';
import { Fact } from './Fact';

interface KeyFieldProps {
  label: string;
  help: string;
  /** Where keys are made; empty while its address is not known. */
  page: string;
  /** What the key has to be allowed. */
  scopes: string[];
  app: string;
  value: string;
  refused: boolean;
  /** Whether it is the first field of its form. */
  first: boolean;
  onChange: (value: string) => void;
}

/** The key that the admin makes at the provider, and what it must be made with. */
export function KeyField({
  label,
  help,
  page,
  scopes,
  app,
  value,
  refused,
  first,
  onChange,
}: KeyFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.field}>
      <TextField
        label={label || t('connect.key')}
        type="password"
        value={value}
        onChange={onChange}
        help={[help, t('connect.secretSealed')].filter(Boolean).join(' ')}
        error={refused ? [t('connect.keyRefused', { app }), help].join(' ') : undefined}
        code
        autoComplete="off"
        autoFocus={first}
      />
      {page && (
        <OutsideLink onOpen={() => openLink(page)} host={hostOf(page)}>
          {t('connect.openKeyPage', { app })}
        </OutsideLink>
      )}
      {scopes.length > 0 && (
        <div className={styles.facts}>
          <Fact label={t('connect.keyScopes')} value={scopes.join(' ')} copy="connect.copyScopes" />
        </div>
      )}
    </div>
  );
}
