import { SearchX } from 'lucide-react';
import type { Results } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { goTo } from '../../ui/place';
import styles from './NothingFound.module.css';
import { choicesIn, dropped, type FacetID, isFacet, withoutText } from './search';
import { useNames } from './useNames';

/** No result, and which filter to drop to get some. */
export function NothingFound({ first, params }: { first: Results; params: URLSearchParams }) {
  const { t } = useTranslation();
  const text = params.get('q')?.trim();
  const filtered = choicesIn(params).length > 0;
  return (
    <EmptyState
      icon={<SearchX size={20} />}
      title={t('discover.noneTitle')}
      action={<WaysOut first={first} params={params} />}
    >
      {text && filtered ? t('discover.noneFor', { text }) : t('discover.noneBody')}
    </EmptyState>
  );
}

function WaysOut({ first, params }: { first: Results; params: URLSearchParams }) {
  const { t } = useTranslation();
  const names = useNames();
  const choices = choicesIn(params);
  const drops = first.drop.flatMap(({ facet, count }) =>
    isFacet(facet) && count > 0 ? [{ facet, count }] : [],
  );
  const labelOf = (facet: FacetID) => {
    const [only, ...others] = choices.filter((choice) => choice.facet === facet);
    return only && others.length === 0 ? names.value(only) : names.facet(facet);
  };
  return (
    <div className={styles.ways}>
      {drops.map(({ facet, count }) => (
        <Button key={facet} onPress={() => goTo(['discover'], dropped(params, facet))}>
          {t('discover.drop', { label: labelOf(facet), count })}
        </Button>
      ))}
      {params.get('q') && (
        <Button look="quiet" onPress={() => goTo(['discover'], withoutText(params))}>
          {t('discover.dropText')}
        </Button>
      )}
    </div>
  );
}
