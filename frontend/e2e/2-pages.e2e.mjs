// Every page in light and dark: nothing that axe finds, nothing that the
// Content-Security-Policy stops, no request that leaves the server.
import assert from 'node:assert/strict';

const heading = (name) => (tab) =>
  tab.getByRole('heading', { name, exact: true }).first().waitFor();

/** Pages in an order in which none is taken for the one before it. */
const pages = [
  ['Discover', '', heading('Categories')],
  [
    'results',
    '#/discover?q=chat&category=chat',
    (tab) => tab.getByRole('list', { name: 'Results' }).waitFor(),
  ],
  ['no result', '#/discover?q=zzqqxxww', heading('No apps match')],
  [
    'all results',
    '#/discover?sort=name',
    (tab) => tab.getByRole('list', { name: 'Results' }).waitFor(),
  ],
  [
    'a compare tray',
    '#/discover?q=chat&compare=slack&compare=discord',
    (tab) => tab.getByRole('button', { name: 'Compare apps' }).waitFor(),
  ],
  ['a sandbox listing', '#/apps/sandbox-crm', heading('Sandbox CRM')],
  ['a real listing', '#/apps/slack', heading('Slack')],
  ['a missing listing', '#/apps/no-such-app', heading('It’s no longer here')],
  ['Compare of nothing', '#/compare', heading('Compare apps')],
  [
    'Compare',
    '#/compare?app=slack&app=discord&app=sandbox-chat',
    (tab) => tab.getByRole('table').waitFor(),
  ],
  ...Object.entries({
    account: 'Account',
    apps: 'Apps',
    notifications: 'Notifications',
    mail: 'E-mail',
    background: 'Background',
    feeds: 'Feeds',
    data: 'Data and security',
    about: 'About',
  }).map(([id, name]) => [`Settings, ${name}`, `#/settings/${id}`, heading(name)]),
  ...['Overview', 'All', 'Alerts', 'Calendar', 'Activity'].map((name) => [
    `Connected apps, ${name}`,
    `#/connected/${name.toLowerCase()}`,
    (tab) => tab.getByRole('tab', { name, selected: true }).waitFor(),
  ]),
  ['no such page', '#/nowhere', heading('There is no such page')],
];

/** Faults that a page shows on purpose are answers with status 400; the browser logs them. */
const expected = /status of 400/;

export default async function suite({ test, open }) {
  const all = await open();
  for (const [name, hash, ready] of pages) {
    await test(`${name} is accessible, light and dark`, async () => {
      all.trouble.length = 0;
      await all.tab.emulateMedia({ colorScheme: 'light' });
      await all.show(hash);
      await ready(all.tab);
      assert.deepEqual(await all.axe(), []);
      await all.tab.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await all.axe(['color-contrast']), []);
      assert.deepEqual(
        all.trouble.filter((line) => !expected.test(line)),
        [],
      );
    });
  }
  await all.close();

  for (const scheme of ['light', 'dark']) {
    await test(`the palette is accessible (${scheme})`, async () => {
      const window = await open({ scheme });
      await heading('Categories')(window.tab);
      await window.tab.keyboard.press('Control+k');
      await window.tab.getByRole('dialog').getByRole('searchbox').waitFor();
      await window.tab.keyboard.type('slack');
      await window.tab.getByRole('menuitem', { name: /Slack/ }).waitFor();
      assert.deepEqual(await window.axe(), []);
      assert.deepEqual(window.trouble, []);
      await window.close();
    });
  }

  await test('nothing is cut off in the smallest window', async () => {
    const window = await open({ size: { width: 720, height: 540 } });
    for (const [name, hash, ready] of pages) {
      await window.show(hash);
      await ready(window.tab);
      const wide = await window.tab.evaluate(() =>
        [document.documentElement, document.querySelector('main')].some(
          (e) => e.scrollWidth > e.clientWidth,
        ),
      );
      assert.equal(wide, false, `${name} scrolls sideways`);
    }
    await window.close();
  });
}
