// Every page in light and dark: nothing that axe finds, nothing that the
// Content-Security-Policy stops, no request that leaves the server.
import assert from 'node:assert/strict';

const heading = (name) => (tab) =>
  tab.getByRole('heading', { name, exact: true }).first().waitFor();

const pages = [
  ['Discover', '', heading('Categories')],
  [
    'results',
    '#/discover?q=chat&category=chat',
    (tab) => tab.getByRole('list', { name: 'Results' }).waitFor(),
  ],
  [
    'all results',
    '#/discover?sort=name',
    (tab) => tab.getByRole('list', { name: 'Results' }).waitFor(),
  ],
  ['no result', '#/discover?q=zzqqxxww', heading('No apps match')],
  [
    'a compare tray',
    '#/discover?q=chat&compare=slack&compare=discord',
    (tab) => tab.getByRole('button', { name: 'Compare apps' }).waitFor(),
  ],
  ['a sandbox listing', '#/apps/sandbox-crm', heading('Sandbox CRM')],
  ['a real listing', '#/apps/slack', heading('Slack')],
  ['a missing listing', '#/apps/no-such-app', heading('It’s no longer here')],
  [
    'Compare',
    '#/compare?app=slack&app=discord&app=sandbox-chat',
    (tab) => tab.getByRole('table').waitFor(),
  ],
  ['Compare of nothing', '#/compare', heading('Compare apps')],
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
  ...['overview', 'all', 'alerts', 'calendar', 'activity'].map((tab) => [
    `Connected apps, ${tab}`,
    `#/connected/${tab}`,
    heading('Connected apps'),
  ]),
  ['no such page', '#/nowhere', heading('There is no such page')],
];

/** Faults that a page shows on purpose are answers with status 400; the browser logs them. */
const expected = /status of 400/;

export default async function suite({ test, open }) {
  for (const [name, hash, ready] of pages) {
    const looks = ['light', 'dark'].map((scheme) =>
      test(`${name} is accessible (${scheme})`, async () => {
        const window = await open({ scheme, hash });
        await ready(window.tab);
        assert.deepEqual(await window.axe(), []);
        assert.deepEqual(
          window.trouble.filter((line) => !expected.test(line)),
          [],
        );
        await window.close();
      }),
    );
    await Promise.all(looks);
  }

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
    for (const [name, hash, ready] of pages) {
      const window = await open({ hash, size: { width: 720, height: 540 } });
      await ready(window.tab);
      const wide = await window.tab.evaluate(() =>
        [document.documentElement, document.querySelector('main')].some(
          (e) => e.scrollWidth > e.clientWidth,
        ),
      );
      assert.equal(wide, false, `${name} scrolls sideways`);
      await window.close();
    }
  });
}
