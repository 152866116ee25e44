import { memo, type ReactNode, useMemo, useState } from 'react';
import type { Results } from '../../bridge/types';
import { useFaultText } from '../../bridge/useFaultText';
import { useTranslation } from '../../texts/useTranslation';
import { goTo, placeNow, usePlace } from '../../ui/place';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { Trouble } from '../../ui/Trouble';
import { useAfterPaint } from '../../ui/useAfterPaint';
import { useMedia } from '../../ui/useMedia';
import { FilterChips } from './FilterChips';
import { FilterPanel } from './FilterPanel';
import { NothingFound } from './NothingFound';
import { ResultList } from './ResultList';
import styles from './ResultsView.module.css';
import { SaveSearch } from './SaveSearch';
import { sortIn, sorts, withoutText, withSort } from './search';
import { type Found, useResults } from './useResults';

/** Filters on the left, what they leave on the right. */
export default function ResultsView() {
  const { t } = useTranslation();
  const { params } = usePlace();
  const [pages, setPages] = useState<number[]>([]);
  const found = useResults(params, pages);
  // While somebody types, neither filters nor rows have to be drawn for the words
  // alone; and when the answer comes, rows before filters.
  const rest = withoutText(params).toString();
  const filters = useMemo(() => new URLSearchParams(rest), [rest]);
  const facets = useAfterPaint(found.first?.facets, undefined);
  const textOf = useFaultText();
  const wide = useMedia('(min-width: 760px)');
  return (
    <div className={styles.page}>
      {wide && (
        <aside className={styles.panel} aria-label={t('discover.filters')}>
          {facets && <FilterPanel facets={facets} params={filters} />}
        </aside>
      )}
      <section className={styles.results} aria-labelledby="results">
        {!found.first && !found.error && <Skeleton label={t('common.loading')} rows={10} />}
        {found.error && !found.first && (
          <Trouble
            {...textOf(found.error)}
            level={1}
            onRetry={found.retry}
            retryLabel={t('common.tryAgain')}
          />
        )}
        {found.first && (
          <Head first={found.first} params={filters}>
            {!wide && facets && (
              <details className={styles.fold}>
                <summary>{t('discover.showFilters')}</summary>
                <FilterPanel facets={facets} params={filters} />
              </details>
            )}
          </Head>
        )}
        <Body found={found} filters={filters} params={params} onPages={setPages} />
      </section>
    </div>
  );
}

interface HeadProps {
  first: Results;
  params: URLSearchParams;
  children: ReactNode;
}

const Head = memo(function Head({ first, params, children }: HeadProps) {
  const { t } = useTranslation();
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <h1 id="results" className={styles.title} aria-live="polite">
          {t('discover.found', { count: first.total })}
        </h1>
        <Tools params={params} />
      </div>
      <FilterChips facets={first.facets} params={params} />
      {children}
    </header>
  );
});

/** What can be done with all results. Answers do not draw it anew, nor do rows wait for it. */
const Tools = memo(function Tools({ params }: { params: URLSearchParams }) {
  const { t } = useTranslation();
  const settled = useAfterPaint(true, false);
  if (!settled) return null;
  const choices = sorts.map((sort) => ({ id: sort, label: t(`discover.sorts.${sort}`) }));
  return (
    <>
      <SaveSearch />
      <Select
        label={t('discover.sort')}
        look="quiet"
        choices={choices}
        value={sortIn(params)}
        onChange={(sort) => goTo(['discover'], withSort(placeNow().params, sort), true)}
      />
    </>
  );
});

interface BodyProps {
  found: Found;
  filters: URLSearchParams;
  params: URLSearchParams;
  onPages: (pages: number[]) => void;
}

function Body({ found, filters, params, onPages }: BodyProps) {
  if (!found.first) return null;
  if (found.first.total === 0) return <NothingFound first={found.first} params={params} />;
  return (
    <ResultList total={found.first.total} row={found.row} params={filters} onPages={onPages} />
  );
}
