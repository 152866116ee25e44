import { plain } from '../../lib/names';
import type en from '../../texts/en.json';
import { useTranslation } from '../../texts/useTranslation';

/** The word for a pricing model, in the account's language. */
export function usePriceWord(): (model: string) => string {
  const { t } = useTranslation();
  return (model) => t(`price.${model as keyof typeof en.price}`, { defaultValue: plain(model) });
}
