import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('knows how to run every remedy that Go declares', () => {
  const go = readFileSync('../app/alert/declare.go', 'utf8');
  const declared = [...go.matchAll(/Remedy = "(\w+)"/g)].map(([, word]) => word);
  const source = readFileSync('src/features/alerts/remedy.ts', 'utf8');
  const run = [...source.matchAll(/case '(\w+)':/g)].map(([, word]) => word);
  expect([...run, 'none'].sort()).toEqual(declared.sort());
});
