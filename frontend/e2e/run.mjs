// Runs every e2e/*.e2e.mjs in Debian's Chromium against Patchbay's own back end:
// the server that PATCHBAY_WEB names, or two that this starts with empty data
// folders. Each file's default export is given { test, open, web }.
import { readdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { page as openPage } from './page.mjs';
import { startServer } from './server.mjs';

const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const wanted = process.argv[2] ?? '';
let failed = 0;
let passed = 0;

async function test(name, run) {
  if (!name.includes(wanted)) return;
  const started = performance.now();
  try {
    await run();
    passed += 1;
    console.log(`ok    ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed += 1;
    console.error(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, '      ')}`);
  }
}

/**
 * What has a server to itself, side by side: the first start with all that is
 * read, and what changes connections and settings.
 */
const groups = process.env.PATCHBAY_WEB
  ? [/./]
  : [/^(1-start|3-discover|4-listing|5-shell)/, /^(2-pages|6-connections|6-place|7-feeds)/];

const here = new URL('.', import.meta.url);
const files = (await readdir(here)).filter((name) => name.endsWith('.e2e.mjs')).sort();
const left = files.filter((name) => !groups.some((group) => group.test(name)));
if (left.length > 0) throw new Error(`in no group: ${left}`);

async function runGroup(browser, group) {
  const mine = files.filter((name) => group.test(name));
  const server = await startServer();
  try {
    if (!mine[0].startsWith('1-start')) await setUp(server.url);
    for (const file of mine) {
      const { default: suite } = await import(new URL(file, here));
      await suite({
        test,
        web: server.url,
        open: (options) => openPage(browser, server.url, options),
      });
    }
  } finally {
    await server.stop();
  }
}

/** What the first start does, for those who begin after it. */
async function setUp(web) {
  const person = { accountName: 'Acme', language: 'en', personName: 'Ada Nowak' };
  const answer = await fetch(`${web}/call/Accounts.Start`, {
    method: 'POST',
    body: JSON.stringify([{ ...person, email: 'ada@example.com' }]),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await Promise.all(groups.map((group) => runGroup(browser, group)));
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
