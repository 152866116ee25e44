// Runs every e2e/*.e2e.mjs in Debian's Chromium against Patchbay's own back end:
// the server that PATCHBAY_WEB names, or one that this starts with an empty
// data folder. Each file's default export is given { test, open, web }.
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

const server = await startServer();
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const here = new URL('.', import.meta.url);
  const files = (await readdir(here)).filter((name) => name.endsWith('.e2e.mjs')).sort();
  for (const file of files) {
    const { default: suite } = await import(new URL(file, here));
    await suite({
      test,
      web: server.url,
      open: (options) => openPage(browser, server.url, options),
    });
  }
} finally {
  await browser.close();
  await server.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
