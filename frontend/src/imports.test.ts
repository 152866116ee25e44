import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

/** What each part of the window may import. Features do not know each other; the shell knows all. */
const mayImport: Record<string, string[]> = {
  lib: [],
  texts: ['lib'],
  bridge: ['lib', 'texts'],
  ui: ['lib', 'texts'],
  features: ['lib', 'texts', 'bridge', 'ui'],
  shell: ['lib', 'texts', 'bridge', 'ui', 'features'],
};

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.') && name.includes('/'),
);

/** The relative imports of a file, as paths below src. */
function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']*)'/g)];
  return found.map(([, path = '']) => normalize(join(dirname(file), path)));
}

function isAllowed(from: string, to: string): boolean {
  const [part = '', feature] = from.split('/');
  const [other = '', otherFeature] = to.split('/');
  if (other === '..') return part === 'bridge';
  if (part === 'features' && other === 'features') return feature === otherFeature;
  return part === other || (mayImport[part] ?? []).includes(other);
}

it('keeps the arrows between the parts of the window', () => {
  const bent = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => !isAllowed(file, path))
      .map((path) => `${file} imports ${path}`),
  );
  expect(bent).toEqual([]);
});

it('reads the files that it judges', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(importsOf('shell/Pages.tsx')).toContain('features/discover/DiscoverPage');
  expect(existsSync('src/shell/Pages.tsx') && statSync('src').isDirectory()).toBe(true);
});

it('has one seam to Go', () => {
  const others = files.filter(
    (file) =>
      !file.startsWith('bridge/') &&
      /wailsjs|window\.go\b/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(others).toEqual([]);
});
