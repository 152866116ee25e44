// Finding: typing, marks, filters, the way back, comparing.
import assert from 'node:assert/strict';

const search = (tab) => tab.getByRole('searchbox', { name: 'Search apps' });
const results = (tab) => tab.getByRole('list', { name: 'Results' });

export default async function suite({ test, open }) {
  await test('typing anywhere leads to results with marks, and Back leads home', async () => {
    const { tab, trouble, close } = await open({ hash: '#/settings/about' });
    await search(tab).pressSequentially('chat');
    await results(tab).locator('mark').first().waitFor();
    assert.equal((await results(tab).locator('mark').first().textContent()).toLowerCase(), 'chat');
    await tab.waitForURL(/#\/discover\?q=chat$/);
    await tab.goBack();
    await tab.getByRole('heading', { name: 'About', exact: true }).waitFor();
    assert.equal(await search(tab).inputValue(), '');
    assert.deepEqual(trouble, []);
    await close();
  });

  await test('a hundred keystrokes are no trouble for the address', async () => {
    const { tab, trouble, close } = await open();
    await search(tab).focus();
    for (let i = 0; i < 120; i += 1) await tab.keyboard.press(i % 2 ? 'Backspace' : 'c');
    await tab.keyboard.type('crm');
    await tab.waitForURL(/q=crm$/);
    assert.deepEqual(trouble, []);
    await close();
  });

  await test('arrow keys go from the field through the results and back; Enter opens', async () => {
    const { tab, close } = await open({ hash: '#/discover?q=sandbox' });
    const links = results(tab).getByRole('link');
    await links.nth(1).waitFor();
    await search(tab).press('ArrowDown');
    await tab.keyboard.press('ArrowDown');
    const name = await links.nth(1).textContent();
    assert.equal(await tab.evaluate(() => document.activeElement.textContent), name);
    await tab.keyboard.press('ArrowUp');
    await tab.keyboard.press('ArrowUp');
    assert.equal(await tab.evaluate(() => document.activeElement.type), 'search');
    await search(tab).press('ArrowDown');
    await tab.keyboard.press('Enter');
    await tab.getByRole('button', { name: 'Install app' }).waitFor();
    await close();
  });

  await test('another question is answered from the top, and Back finds the place', async () => {
    const { tab, close } = await open({ hash: '#/discover?sort=name' });
    const main = tab.getByRole('main');
    await results(tab).getByRole('link').first().waitFor();
    await main.evaluate((scroller) => scroller.scrollTo({ top: 2000 }));
    const far = results(tab).locator('li[aria-posinset="36"]').getByRole('link');
    await far.click();
    await tab.getByRole('button', { name: 'Install app' }).waitFor();
    await tab.goBack();
    await far.waitFor();
    assert.equal(await main.evaluate((scroller) => scroller.scrollTop), 2000);
    await search(tab).fill('a');
    await results(tab).locator('mark').first().waitFor();
    assert.equal(await main.evaluate((scroller) => scroller.scrollTop), 0);
    await close();
  });

  await test('results of a first letter stand at the top, wherever the front page was', async () => {
    const { tab, close } = await open({ hash: '#/discover' });
    const main = tab.getByRole('main');
    // Once before, so that nothing has to be loaded, whose place is short and thus at the top.
    await search(tab).fill('a');
    await results(tab).locator('mark').first().waitFor();
    await search(tab).fill('');
    await tab.getByRole('heading', { name: 'Categories' }).waitFor();
    await main.evaluate((scroller) => scroller.scrollTo({ top: 600 }));
    await search(tab).fill('c');
    await results(tab).locator('li[aria-posinset="1"] mark').first().waitFor();
    assert.equal(await main.evaluate((scroller) => scroller.scrollTop), 0);
    await close();
  });

  await test('filters are chips, are in the address, and can be taken away', async () => {
    const { tab, call, close } = await open({ hash: '#/discover?sort=name' });
    const panel = tab.getByRole('complementary', { name: 'Filters' });
    const all = await call('Catalogue.Search', {
      text: '',
      filters: [],
      sort: 'name',
      offset: 0,
      limit: 1,
    });
    await tab.getByRole('heading', { name: `${all.total} apps` }).waitFor();
    await panel.getByText('CRM', { exact: true }).click();
    await tab.waitForURL(/category=crm/);
    const filter = [{ facet: 'category', values: ['crm'] }];
    const some = await call('Catalogue.Search', {
      text: '',
      filters: filter,
      sort: 'name',
      offset: 0,
      limit: 1,
    });
    assert.ok(some.total > 0 && some.total < all.total);
    await tab.getByRole('heading', { name: `${some.total} apps` }).waitFor();
    await tab.getByRole('button', { name: 'Remove filter CRM' }).click();
    await tab.getByRole('heading', { name: `${all.total} apps` }).waitFor();
    await tab.goBack();
    await tab.getByRole('heading', { name: `${some.total} apps` }).waitFor();
    await close();
  });

  await test('no result says which filter to drop, and dropping it helps', async () => {
    const { tab, close } = await open({ hash: '#/discover?q=slack&category=crm' });
    await tab.getByRole('heading', { name: 'No apps match' }).waitFor();
    await tab.getByRole('button', { name: /^Without CRM: \d+ app/ }).click();
    await results(tab).getByRole('link', { name: 'Slack' }).waitFor();
    await close();
  });

  await test('only the rows in view are drawn, wherever the list is scrolled', async () => {
    const { tab, call, close } = await open({ hash: '#/discover?sort=name' });
    await results(tab).getByRole('link').first().waitFor();
    const { total } = await call('Catalogue.Search', {
      text: '',
      filters: [],
      sort: 'name',
      offset: 0,
      limit: 1,
    });
    await tab.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await tab.locator(`li[aria-posinset="${total}"] a`).waitFor();
    assert.ok((await results(tab).getByRole('listitem').count()) <= 60);
    await close();
  });

  await test('up to three apps stand side by side', async () => {
    const { tab, close } = await open({ hash: '#/discover?q=chat' });
    const name = await results(tab).getByRole('link').first().textContent();
    await results(tab)
      .getByRole('checkbox', { name: `Compare ${name}`, exact: true })
      .waitFor();
    for (const index of [0, 1, 2]) {
      await results(tab).getByRole('checkbox').nth(index).focus();
      await tab.keyboard.press('Space');
    }
    assert.equal(await results(tab).getByRole('checkbox').nth(3).isDisabled(), true);
    await tab.getByRole('button', { name: 'Compare apps' }).click();
    await tab.getByRole('table').waitFor();
    assert.equal(await tab.getByRole('columnheader').count(), 4);
    await tab
      .getByRole('button', { name: /^Don’t compare/ })
      .nth(1)
      .click();
    await tab.getByRole('columnheader').nth(3).waitFor({ state: 'detached' });
    assert.equal(await tab.getByRole('columnheader').count(), 3);
    await tab.goBack();
    await tab.getByRole('columnheader').nth(3).waitFor();
    await close();
  });
}
