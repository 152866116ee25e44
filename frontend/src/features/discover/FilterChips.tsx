import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import Chips from '../../ui/Chips';
import { goTo, placeNow } from '../../ui/place';
import styles from './FilterChips.module.css';
import type { FilterPanelProps } from './FilterPanel';
import { choicesIn, toggled, withoutFilters } from './search';
import { useNames } from './useNames';

/** The filters in use, each of which can be taken away. */
export function FilterChips({ facets, params }: FilterPanelProps) {
  const { t } = useTranslation();
  const names = useNames(facets);
  const choices = choicesIn(params);
  if (choices.length === 0) return null;
  const chips = choices.map((choice) => ({
    id: `${choice.facet}=${choice.value}`,
    label: names.value(choice),
  }));
  const remove = (id: string) => {
    const choice = choices[chips.findIndex((chip) => chip.id === id)];
    if (choice) goTo(['discover'], toggled(placeNow().params, choice));
  };
  return (
    <div className={styles.chips}>
      <Chips
        label={t('discover.chosen')}
        chips={chips}
        onRemove={remove}
        removeLabel={(label) => t('discover.removeFilter', { label })}
      />
      {choices.length > 1 && (
        <Button
          look="quiet"
          size="small"
          onPress={() => goTo(['discover'], withoutFilters(placeNow().params))}
        >
          {t('discover.clearAll')}
        </Button>
      )}
    </div>
  );
}
