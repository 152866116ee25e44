import type { ReactElement } from 'react';
import { formatHash } from '../../lib/hash';
import { useTranslation } from '../../texts/useTranslation';
import { AboutSection } from './AboutSection';
import { AccountSection } from './AccountSection';
import { AppsSection } from './AppsSection';
import { BackgroundSection } from './BackgroundSection';
import { DataSection } from './DataSection';
import { FeedsSection } from './FeedsSection';
import { MailSection } from './MailSection';
import { NotificationsSection } from './NotificationsSection';
import styles from './SettingsPage.module.css';

const sections = {
  account: AccountSection,
  apps: AppsSection,
  notifications: NotificationsSection,
  mail: MailSection,
  background: BackgroundSection,
  feeds: FeedsSection,
  data: DataSection,
  about: AboutSection,
} satisfies Record<string, () => ReactElement | null>;

type SectionID = keyof typeof sections;

function isSection(id: string): id is SectionID {
  return Object.hasOwn(sections, id);
}

/** Settings, one section at a time; which one is in the address. */
export default function SettingsPage({ section }: { section: string }) {
  const { t } = useTranslation();
  const id = isSection(section) ? section : 'account';
  const Section = sections[id];
  return (
    <div className={styles.page}>
      <div className={styles.side}>
        <h1>{t('settings.title')}</h1>
        <nav aria-label={t('settings.sections')}>
          <ul className={styles.links}>
            {(Object.keys(sections) as SectionID[]).map((each) => (
              <li key={each}>
                <a
                  className={styles.link}
                  href={formatHash(['settings', each])}
                  aria-current={each === id ? 'page' : undefined}
                >
                  {t(`settings.${each}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <div className={styles.content}>
        <h2>{t(`settings.${id}`)}</h2>
        <Section />
      </div>
    </div>
  );
}
