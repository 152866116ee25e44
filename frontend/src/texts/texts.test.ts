import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import pl from './pl.json';
import { nearest } from './texts';

type Tree = { [key: string]: string | Tree };

const forms = /_(zero|one|two|few|many|other)$/;

function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  ) as [string, string][];
}

const catalogues = { en: new Map(flat(en)), pl: new Map(flat(pl)) };
const base = (key: string) => key.replace(forms, '');
const bases = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(base))].sort();
const placeholders = (text: string) => (text.match(/\{\{\w+(, number)?\}\}/g) ?? []).sort();

/** Every text of the window's source, without its tests. */
const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

/** Everything in quotes that can be a key. */
const named = new Set(
  [...source.matchAll(/['"]((?:\w[\w-]*\.)+\w[\w-]*)['"]/g)].map(([, key]) => key),
);

/** Beginnings of keys that are put together from a part that varies: t(`fault.${code}.title`). */
const beginnings = [...source.matchAll(/`((?:\w[\w-]*\.)+)\$\{/g)].map(([, start = '']) => start);

describe('the message catalogues', () => {
  it('have the same keys', () => {
    expect(bases(catalogues.pl)).toEqual(bases(catalogues.en));
  });

  it('have the plural forms of their language', () => {
    for (const [lng, texts] of Object.entries(catalogues)) {
      const wanted = new Intl.PluralRules(lng).resolvedOptions().pluralCategories;
      for (const key of [...texts.keys()].filter((each) => each.endsWith('_other'))) {
        const missing = wanted.filter((form) => !texts.has(`${base(key)}_${form}`));
        expect(missing, `${lng} ${base(key)}`).toEqual([]);
      }
    }
  });

  it('have the same placeholders in every form', () => {
    for (const [key, text] of catalogues.pl) {
      const english = catalogues.en.get(key) ?? catalogues.en.get(`${base(key)}_other`) ?? '';
      expect(placeholders(text), key).toEqual(placeholders(english));
    }
  });

  it('have no empty texts and no spaces at the ends', () => {
    for (const texts of Object.values(catalogues)) {
      for (const [key, text] of texts) expect(text, key).toBe(text.trim() || 'something');
    }
  });

  it('have nothing that no screen uses', () => {
    const unused = bases(catalogues.en).filter(
      (key) => !named.has(key) && !beginnings.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });
});

it.each([
  ['pl', 'pl'],
  ['pl-PL', 'pl'],
  ['EN_us', 'en'],
  ['de', 'en'],
  ['', 'en'],
])('the language nearest to %j is %s', (language, want) => {
  expect(nearest(language)).toBe(want);
});
