import type { Facet } from '../../bridge/types';
import { kept } from '../../lib/kept';
import { languageName, plain, titled } from '../../lib/names';
import type en from '../../texts/en.json';
import { type Translation, useTranslation } from '../../texts/useTranslation';
import { type Choice, type FacetID, yesNo } from './search';

type Category = keyof typeof en.category;
type Price = keyof typeof en.price;
type Feature = keyof typeof en.discover.feature;
type Connection = keyof typeof en.discover.connection;

function appIn(facets: Facet[], slug: string): string | undefined {
  const values = facets.find((facet) => facet.id === 'works_with')?.values;
  return values?.find((value) => value.value === slug)?.name;
}

/** What a value is called, whatever apps there are. */
function nameOf({ facet: id, value: name }: Choice, { t, language }: Translation): string {
  const defaultValue = plain(name);
  if (id === 'category') return t(`category.${name as Category}`, { defaultValue });
  if (id === 'price') return t(`price.${name as Price}`, { defaultValue });
  if (id === 'connection') return t(`discover.connection.${name as Connection}`, { defaultValue });
  if (id === 'feature') return t(`discover.feature.${name as Feature}`, { defaultValue });
  if (id === 'works_with') return titled(name);
  if (id === 'language') return languageName(name, language);
  if (yesNo.includes(id)) return t(`discover.facet.${id}`);
  return defaultValue;
}

/** A list asks for the same few names again and again; i18next takes its time for each. */
const known = new Map<string, string>();

function knownName(choice: Choice, translation: Translation): string {
  const key = `${translation.language} ${choice.facet} ${choice.value}`;
  return kept(known, key, () => nameOf(choice, translation));
}

/**
 * The words for filters and their values, in the account's language. What apps
 * are called stands in the facets that came with the results.
 */
export function useNames(facets: Facet[] = []) {
  const translation = useTranslation();
  const facet = (id: FacetID) => translation.t(`discover.facet.${id}`);
  const value = (choice: Choice): string => {
    const app = choice.facet === 'works_with' && appIn(facets, choice.value);
    return app || knownName(choice, translation);
  };
  return { facet, value };
}
