import type { Facet } from '../../bridge/types';
import { languageName, plain, titled } from '../../lib/names';
import type en from '../../texts/en.json';
import { useTranslation } from '../../texts/useTranslation';
import { type Choice, type FacetID, yesNo } from './search';

type Category = keyof typeof en.category;
type Price = keyof typeof en.price;
type Feature = keyof typeof en.discover.feature;
type Connection = keyof typeof en.discover.connection;

function appIn(facets: Facet[], slug: string): string | undefined {
  const values = facets.find((facet) => facet.id === 'works_with')?.values;
  return values?.find((value) => value.value === slug)?.name;
}

/**
 * The words for filters and their values, in the account's language. What apps
 * are called stands in the facets that came with the results.
 */
export function useNames(facets: Facet[] = []) {
  const { t, language } = useTranslation();
  const facet = (id: FacetID) => t(`discover.facet.${id}`);
  const value = ({ facet: id, value: name }: Choice): string => {
    if (id === 'category') return t(`category.${name as Category}`, { defaultValue: plain(name) });
    if (id === 'price') return t(`price.${name as Price}`, { defaultValue: plain(name) });
    if (id === 'connection')
      return t(`discover.connection.${name as Connection}`, { defaultValue: plain(name) });
    if (id === 'feature')
      return t(`discover.feature.${name as Feature}`, { defaultValue: plain(name) });
    if (id === 'works_with') return appIn(facets, name) || titled(name);
    if (id === 'language') return languageName(name, language);
    if (yesNo.includes(id)) return facet(id);
    return plain(name);
  };
  return { facet, value };
}
