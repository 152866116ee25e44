// The first start. It needs a server with an empty data folder, and leaves an account in it.
import assert from 'node:assert/strict';

export default async function suite({ test, open }) {
  for (const scheme of ['light', 'dark']) {
    await test(`first start is accessible (${scheme})`, async () => {
      const window = await open({ scheme });
      await window.tab.getByRole('button', { name: 'Get started' }).waitFor();
      assert.deepEqual(await window.axe(), []);
      await window.tab.getByRole('button', { name: 'Get started' }).click();
      await window.tab.getByText('Enter your name.').waitFor();
      assert.deepEqual(await window.axe(), []);
      assert.deepEqual(window.trouble, []);
      await window.close();
    });
  }

  await test('first start speaks the chosen language at once, and leads to Discover', async () => {
    const window = await open();
    const { tab } = window;
    await tab.getByRole('button', { name: /Language/ }).click();
    await tab.getByRole('option', { name: 'Polski' }).click();
    await tab.getByRole('button', { name: 'Rozpocznij' }).waitFor();
    assert.equal(await tab.locator('html').getAttribute('lang'), 'pl');
    await tab.getByRole('button', { name: /Język/ }).click();
    await tab.getByRole('option', { name: 'English' }).click();
    await tab.getByLabel('Account name').fill('Acme');
    await tab.getByLabel('Your name').fill('Ada Nowak');
    await tab.getByLabel('Your e-mail').fill('ada@example.com');
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'Discover' }).waitFor();
    const account = await window.call('Accounts.Account');
    assert.equal(account.name, 'Acme');
    assert.equal(account.me.superAdmin, true);
    assert.deepEqual(window.trouble, []);
    await window.close();
  });
}
