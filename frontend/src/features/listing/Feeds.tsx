import type { FeedName } from '../../bridge/types';
import { usePrefer } from '../../bridge/usePrefer';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { Pill } from '../../ui/Pill';
import { Section } from '../../ui/Section';
import styles from './rows.module.css';

/** Which feed's listing this is, where several have the app, and the choice of another. */
export function Feeds({ feeds }: { feeds: FeedName[] }) {
  const { t } = useTranslation();
  const prefer = usePrefer();
  if (feeds.length < 2) return null;
  return (
    <Section id="feeds" title={t('listing.feeds')}>
      <p>{t('listing.feedsLead')}</p>
      <ul className={styles.rows}>
        {feeds.map(({ id, name }, index) => (
          <li key={id} className={styles.row}>
            <span className={styles.words} data-content>
              {name}
            </span>
            {index === 0 ? (
              <Pill>{t('listing.feedShown')}</Pill>
            ) : (
              <Button
                size="small"
                isPending={prefer.isPending && prefer.variables === id}
                aria-label={t('listing.feedPreferName', { name })}
                onPress={() => prefer.mutate(id)}
              >
                {t('listing.feedPrefer')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
