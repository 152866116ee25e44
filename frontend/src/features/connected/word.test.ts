import { expect, it } from 'vitest';
import { matches } from './word';

it.each([
  ['uninstall', 'uninstall', true],
  ['  Uninstall ', 'uninstall', true],
  ['ODINSTALUJ', 'odinstaluj', true],
  ['uninstall  salesforce', 'Uninstall Salesforce', true],
  ['uninstal', 'uninstall', false],
  ['uninstall it', 'uninstall', false],
  ['', 'uninstall', false],
  ['', '', false],
])('%j for %j: %s', (typed, phrase, want) => {
  expect(matches(typed, phrase)).toBe(want);
});
