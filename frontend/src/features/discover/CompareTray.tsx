import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { catalogue } from '../../bridge/api';
import { useTranslation } from '../../texts/useTranslation';
import { AppIcon } from '../../ui/AppIcon';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { goTo } from '../../ui/place';
import styles from './CompareTray.module.css';
import { comparedIn, withCompared } from './search';

/** What has been chosen to compare, at the foot of the window. */
export function CompareTray({ params }: { params: URLSearchParams }) {
  const { t } = useTranslation();
  const slugs = comparedIn(params);
  const { data = [] } = useQuery({
    queryKey: ['catalogue', 'compare', slugs],
    queryFn: () => catalogue.Compare(slugs),
    enabled: slugs.length > 0,
    placeholderData: (before) => before,
  });
  if (slugs.length === 0) return null;
  const compare = () => goTo(['compare'], new URLSearchParams(slugs.map((slug) => ['app', slug])));
  return (
    <section className={styles.tray} aria-label={t('discover.compareTray')}>
      <ul className={styles.apps}>
        {data
          .filter(({ card }) => slugs.includes(card.slug))
          .map(({ card }) => (
            <li key={card.slug} className={styles.app}>
              <AppIcon icon={card.icon} name={card.name} size={24} />
              <span className={styles.name}>{card.name}</span>
              <IconButton
                size="small"
                label={t('discover.compareRemove', { name: card.name })}
                onPress={() => goTo(['discover'], withCompared(params, card.slug), true)}
              >
                <X aria-hidden="true" />
              </IconButton>
            </li>
          ))}
      </ul>
      {slugs.length < 2 && <span className={styles.hint}>{t('discover.compareHint')}</span>}
      <Button look="primary" onPress={compare} isDisabled={slugs.length < 2}>
        {t('discover.compareNow')}
      </Button>
    </section>
  );
}
