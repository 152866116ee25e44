// Feeds of one's own, from e2e/feeds: what is wrong in them, and which of two wins.
import assert from 'node:assert/strict';

async function addFeed(tab, name) {
  await tab.getByRole('textbox', { name: 'Feed address' }).fill(`https://feeds.example/${name}`);
  await tab.getByRole('button', { name: 'Add feed' }).click();
}

export default async function suite({ test, open, web }) {
  await test('a feed with a wrong listing says why', async () => {
    const { tab, axe, close } = await open({ hash: '#/settings/feeds' });
    await addFeed(tab, 'acme.json');
    await tab.getByText('1 app', { exact: false }).first().waitFor();
    await tab.getByRole('button', { name: 'See why' }).click();
    const dialog = tab.getByRole('dialog', { name: /Acme apps/ });
    await dialog.getByText('acme-bad').waitFor();
    await dialog
      .getByText(/^\/name: /)
      .first()
      .waitFor();
    assert.deepEqual(await axe(), []);
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await close();
  });

  await test('a sync that takes long shows how far it is', async () => {
    const { tab, axe, close } = await open({
      hash: '#/settings/feeds',
      before: async (page) => {
        await page.route('**/call/Catalogue.Progress', async (route) => {
          const feeds = await (
            await page.request.post(`${web}/call/Catalogue.Feeds`, { data: [] })
          ).json();
          const { id } = feeds.find(({ name }) => name === 'Acme apps');
          const json = { feed: id, bytes: 3_000_000, size: 12_000_000, listings: 0, count: 0 };
          await route.fulfill({ json });
        });
      },
    });
    const bar = tab.getByRole('progressbar', { name: '3 MB of 12 MB fetched' });
    await bar.waitFor();
    assert.equal(await bar.getAttribute('aria-valuenow'), '25');
    assert.deepEqual(await axe(), []);
    await close();
  });

  await test('of two feeds with an app one is shown, and the other can be chosen', async () => {
    const { tab, call, close } = await open({ hash: '#/settings/feeds' });
    await addFeed(tab, 'other.json');
    await tab.getByText('Other apps').first().waitFor();
    await tab.goto(`${web}/#/apps/acme-desk`);
    await tab.getByText('As Acme tells it').waitFor();
    const rows = tab.getByRole('listitem').filter({ hasText: 'Acme apps' });
    await rows.getByText('Shown here').waitFor();
    await tab.getByRole('button', { name: 'Prefer Other apps' }).click();
    await tab.getByText('As others tell it').waitFor();
    await tab.getByRole('button', { name: 'Prefer Acme apps' }).waitFor();
    for (const { id, kind } of await call('Catalogue.Feeds')) {
      if (kind === 'https') await call('Catalogue.RemoveFeed', id);
    }
    await close();
  });
}
