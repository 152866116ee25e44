import { useEffect, useState } from 'react';
import { system } from '../../bridge/api';
import { openLink } from '../../bridge/openLink';
import type { Attempt } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import styles from './connect.module.css';

/** The code that the person types at the provider, on this or another device. */
export function DeviceCode({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const { userCode, verifyURL, expires } = attempt;
  return (
    <div className={styles.device}>
      <p>{t('connect.deviceHow', { host: typed(verifyURL) })}</p>
      <div className={styles.code}>
        <output className={styles.codeText} aria-label={t('connect.code')} data-content>
          {userCode}
        </output>
        <CopyButton label={t('connect.copyCode')} onCopy={() => system.Copy(userCode)} />
      </div>
      <div className={styles.deviceNext}>
        <Button look="primary" onPress={() => openLink(verifyURL)}>
          {t('connect.openPage')}
        </Button>
        {expires > 0 && <Countdown until={expires} />}
      </div>
    </div>
  );
}

/** An address as somebody types it on another device. */
function typed(address: string): string {
  return address.replace(/^https:\/\//, '').replace(/[?#].*$/, '');
}

/** How long something still works, in minutes and seconds. Screen readers are not told each second. */
function Countdown({ until }: { until: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((until - now) / 1_000));
  return (
    <span className={styles.quiet} role="timer">
      {left > 0 ? t('connect.codeEnds', { time: clock(left) }) : t('connect.codeEnded')}
    </span>
  );
}

/** 65 is "1:05". */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
