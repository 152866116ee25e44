import { memo, useState } from 'react';
import type { Facet, FacetValue } from '../../bridge/types';
import { useTranslation } from '../../texts/useTranslation';
import { Button } from '../../ui/Button';
import { CheckRow } from '../../ui/CheckRow';
import { goTo, placeNow } from '../../ui/place';
import styles from './FilterPanel.module.css';
import {
  type Choice,
  choicesIn,
  type FacetID,
  facets,
  inOrder,
  isFacet,
  toggled,
  valuesOf,
  yesNo,
} from './search';
import { useNames } from './useNames';

export interface FilterPanelProps {
  facets: Facet[];
  /** The address, which may lack the words. */
  params: URLSearchParams;
}

/** Every filter with what each of its values would leave. */
export const FilterPanel = memo(function FilterPanel({ facets: given, params }: FilterPanelProps) {
  const { t } = useTranslation();
  const known = facets.flatMap((id) => given.find((facet) => facet.id === id) ?? []);
  const long = known.filter((facet) => isFacet(facet.id) && !yesNo.includes(facet.id));
  const short = known.filter((facet) => isFacet(facet.id) && yesNo.includes(facet.id));
  return (
    <div className={styles.panel}>
      {long.map((facet) => (
        <Group key={facet.id} facet={facet} params={params} />
      ))}
      {short.some((facet) => valuesOf(facet, choicesIn(params)).length > 0) && (
        <fieldset className={styles.group}>
          <legend>{t('discover.facetGroup')}</legend>
          {short.map((facet) => (
            <Rows key={facet.id} facet={facet} params={params} most={1} />
          ))}
        </fieldset>
      )}
    </div>
  );
});

/** More values than this are behind a button. */
const shownAtFirst = 6;

function Group({ facet, params }: { facet: Facet; params: URLSearchParams }) {
  const { t } = useTranslation();
  const names = useNames();
  const [all, setAll] = useState(false);
  const values = valuesOf(facet, choicesIn(params));
  const hidden = values.length - shownAtFirst;
  if (values.length === 0) return null;
  return (
    <fieldset className={styles.group}>
      <legend>{names.facet(facet.id as FacetID)}</legend>
      <Rows facet={facet} params={params} most={all ? values.length : shownAtFirst} />
      {hidden > 0 && (
        <Button look="quiet" size="small" onPress={() => setAll(!all)} aria-expanded={all}>
          {all ? t('discover.fewer') : t('discover.more', { count: hidden })}
        </Button>
      )}
    </fieldset>
  );
}

interface RowsProps {
  facet: Facet;
  params: URLSearchParams;
  most: number;
}

function Rows({ facet, params, most }: RowsProps) {
  const { language } = useTranslation();
  const names = useNames([facet]);
  const choices = choicesIn(params);
  const id = facet.id as FacetID;
  const isChosen = (choice: Choice) =>
    choices.some((other) => other.facet === id && other.value === choice.value);
  const nameOf = ({ value }: FacetValue) => names.value({ facet: id, value });
  return inOrder(valuesOf(facet, choices), nameOf, language)
    .map(({ value, count }) => ({ choice: { facet: id, value }, count }))
    .filter(({ choice }, index) => index < most || isChosen(choice))
    .map(({ choice, count }) => (
      <CheckRow
        key={choice.value}
        isSelected={isChosen(choice)}
        onChange={() => goTo(['discover'], toggled(placeNow().params, choice))}
        note={count}
        isDisabled={count === 0 && !isChosen(choice)}
      >
        {names.value(choice)}
      </CheckRow>
    ));
}
