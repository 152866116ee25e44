// A page of Patchbay in a browser, with what every test wants to know of it.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

/** Errors that a browser logs of what was asked for, not of the page's code. */
const elsewhere = /^Failed to load resource|Content Security Policy/;

/**
 * Opens `hash` in a window of its own. What the page logs as an error, what the
 * Content-Security-Policy stops, and every request that leaves `web` is kept in
 * `trouble`; a test that ends well has none. Errors of the page's own code end
 * every test badly.
 */
export async function page(browser, web, options = {}) {
  const { hash = '', scheme = 'light', size = { width: 1280, height: 800 } } = options;
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: size,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    serviceWorkers: 'block',
  });
  const tab = await context.newPage();
  tab.setDefaultTimeout(10_000);
  const trouble = [];
  const broken = [];
  tab.on('console', (message) => {
    if (message.type() !== 'error') return;
    trouble.push(message.text());
    if (!elsewhere.test(message.text())) broken.push(message.text());
  });
  tab.on('pageerror', (error) => broken.push(String(error)));
  tab.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(web) && !url.startsWith('data:')) trouble.push(`asked ${url}`);
  });
  await options.before?.(tab);
  await tab.goto(`${web}/${hash}`);
  return {
    tab,
    trouble,
    close: () => close(tab, broken),
    call: (name, ...args) => callFrom(tab, name, args),
    show: (place) => tab.goto(`${web}/${place}`),
    axe: (rules) => violations(tab, rules),
  };
}

/**
 * Ends a test, which fails if the page did in between. What is still being
 * answered is nobody's trouble.
 */
async function close(tab, broken) {
  await tab.unrouteAll({ behavior: 'ignoreErrors' });
  await tab.context().close();
  assert.deepEqual(broken, []);
}

async function callFrom(tab, name, args) {
  return tab.evaluate(
    async ([method, list]) => {
      const response = await fetch(`/call/${method}`, {
        method: 'POST',
        body: JSON.stringify(list),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return text === '' ? null : JSON.parse(text);
    },
    [name, args],
  );
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds wrong by WCAG 2.2 A and AA and its own best practices, or by
 * the named rules alone, one line each. The page has no frames to look into,
 * which is what axe's legacy mode leaves out.
 */
async function violations(tab, rules) {
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: standards };
  const { violations: found } = await new AxeBuilder({ page: tab })
    .options({ runOnly, resultTypes: ['violations'] })
    .setLegacyMode(true)
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
