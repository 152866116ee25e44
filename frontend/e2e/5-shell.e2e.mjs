// The frame: keys, palette, offline, trouble, language, the remembered rail.
import assert from 'node:assert/strict';

const status = (change) => async (tab) => {
  await tab.route('**/call/System.Status', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), ...change } });
  });
};

const heading = (tab, name) => tab.getByRole('heading', { name, exact: true }).first();

export default async function suite({ test, open }) {
  await test('keys lead to search, settings and the palette', async () => {
    const { tab, close } = await open();
    await heading(tab, 'Categories').waitFor();
    await tab.keyboard.press('Control+f');
    assert.equal(await tab.evaluate(() => document.activeElement.type), 'search');
    await tab.keyboard.press('Control+,');
    await heading(tab, 'Settings').waitFor();
    await tab.keyboard.press('Control+k');
    await tab.getByRole('dialog').getByRole('searchbox').waitFor();
    await tab.keyboard.type('sla');
    const first = tab.getByRole('menuitem').first();
    await first.and(tab.locator('[data-focused]')).filter({ hasText: 'Slack' }).waitFor();
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/#\/apps\/slack$/);
    await tab.keyboard.press('Control+k');
    await tab.getByRole('dialog').waitFor();
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await tab.keyboard.press('Alt+ArrowLeft');
    await heading(tab, 'Settings').waitFor();
    await close();
  });

  await test('keys typed while the palette still loads go on in it', async () => {
    let arrive;
    const arrived = new Promise((resolve) => {
      arrive = resolve;
    });
    const before = (tab) =>
      tab.route('**/assets/Palette-*.js', async (route) => {
        await arrived;
        await route.continue();
      });
    const { tab, axe, trouble, close } = await open({ before });
    await heading(tab, 'Categories').waitFor();
    await tab.keyboard.press('Control+f');
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('cal');
    const field = tab.getByRole('dialog').getByRole('searchbox');
    assert.equal(await field.inputValue(), 'cal');
    assert.equal(await tab.getByRole('menuitem').count(), 0);
    assert.deepEqual(await axe(), []);
    const typing = tab.keyboard.type('endly by the hour', { delay: 5 });
    arrive();
    await typing;
    await tab.getByRole('dialog').getByRole('menu').waitFor();
    assert.equal(await field.inputValue(), 'calendly by the hour');
    for (let n = 0; n < ' by the hour'.length; n += 1) await tab.keyboard.press('Backspace');
    await tab.getByRole('menuitem', { name: /^Calendly/ }).waitFor();
    await tab.keyboard.press('Escape'); // empties the field
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await tab.waitForFunction(() => document.activeElement.type === 'search');
    assert.deepEqual(trouble, []);
    await close();
  });

  await test('names in the rail stay as they are', async () => {
    const { tab, close } = await open();
    for (const name of ['Discover', 'Connected apps', 'Settings']) {
      await tab
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name, exact: true })
        .waitFor();
    }
    await close();
  });

  for (const scheme of ['light', 'dark']) {
    await test(`no network, no keychain and notices are said calmly (${scheme})`, async () => {
      const notices = [{ id: 'n', kind: 'catalogue_rebuilt', subject: 'catalog-1.db', at: 1 }];
      const keychain = { state: 'locked', detail: '' };
      const window = await open({ scheme, before: status({ offline: true, keychain, notices }) });
      await window.tab.getByText('You’re offline.').waitFor();
      await window.tab.getByText('Your keychain is locked.').waitFor();
      await window.tab.getByText(/The catalogue was damaged/).waitFor();
      await heading(window.tab, 'Categories').waitFor();
      assert.deepEqual(await window.axe(), []);
      await window.close();
    });

    await test(`a new key in place of a lost one is asked about first (${scheme})`, async () => {
      const keychain = { state: 'key_lost', detail: '' };
      const renewed = [];
      const before = async (tab) => {
        await status({ keychain, notices: [] })(tab);
        await tab.route('**/call/System.RenewKey', (route) => {
          renewed.push(route.request().url());
          return route.fulfill({ status: 400, body: '{"code":"keychain_locked","message":""}' });
        });
      };
      const { tab, axe, close } = await open({ scheme, before });
      const ask = tab.getByRole('button', { name: 'Start with a new key' });
      await ask.click();
      const dialog = tab.getByRole('dialog', { name: 'Start with a new key?' });
      await dialog.getByText(/can then never be read again/).waitFor();
      assert.deepEqual(await axe(), []);
      await tab.keyboard.press('Enter'); // which cancels
      await dialog.waitFor({ state: 'detached' });
      assert.deepEqual(renewed, []);
      await ask.click();
      await dialog.getByRole('button', { name: 'Start with a new key' }).click();
      await tab.getByText('Your keychain is locked').waitFor();
      assert.equal(renewed.length, 1);
      await close();
    });

    await test(`a page that fails says so and can be tried again (${scheme})`, async () => {
      let down = true;
      const before = (tab) =>
        tab.route('**/call/Catalogue.Home', (route) =>
          down
            ? route.fulfill({ status: 400, body: '{"code":"storage_failed","message":"disk"}' })
            : route.continue(),
        );
      const { tab, axe, close } = await open({ scheme, before });
      await heading(tab, 'The data folder can’t be used').waitFor();
      assert.deepEqual(await axe(), []);
      down = false;
      await tab.getByRole('button', { name: 'Try again' }).click();
      await heading(tab, 'Categories').waitFor();
      await close();
    });
  }

  await test('the window says when the program behind it does not answer', async () => {
    const before = (tab) =>
      tab.route('**/call/System.Status', (route) => route.fulfill({ status: 500, body: 'no' }));
    const { tab, close } = await open({ before });
    await heading(tab, 'Patchbay could not start').waitFor();
    await close();
  });

  await test('the rail shrinks, and stays so after a restart', async () => {
    const { tab, call, close } = await open();
    await tab.getByRole('button', { name: 'Shrink sidebar' }).click();
    await tab.getByRole('button', { name: 'Widen sidebar' }).waitFor();
    await tab.getByRole('link', { name: 'Connected apps', exact: true }).waitFor();
    await tab.waitForFunction(async () => {
      const answer = await fetch('/call/Settings.Preferences', { method: 'POST', body: '[]' });
      return (await answer.json()).railCollapsed;
    });
    await tab.reload();
    await tab.getByRole('button', { name: 'Widen sidebar' }).click();
    await tab.getByRole('button', { name: 'Shrink sidebar' }).waitFor();
    assert.ok(await call('System.Status'));
    await close();
  });

  await test('the account’s language is the window’s, at once and without a restart', async () => {
    const { tab, axe, trouble, close } = await open({ hash: '#/settings/account' });
    await tab.getByRole('button', { name: /Language/ }).click();
    await tab.getByRole('option', { name: 'Polski' }).click();
    await heading(tab, 'Ustawienia').waitFor();
    assert.deepEqual(await axe(), []);
    await tab.goto(`${new URL(tab.url()).origin}/#/apps/sandbox-crm`);
    await tab.getByRole('button', { name: 'Zainstaluj aplikację' }).waitFor();
    assert.deepEqual(await axe(), []);
    await tab.goto(`${new URL(tab.url()).origin}/#/settings/account`);
    await tab.getByRole('button', { name: /Język/ }).click();
    await tab.getByRole('option', { name: 'English' }).click();
    await heading(tab, 'Settings').waitFor();
    assert.deepEqual(trouble, []);
    await close();
  });

  await test('in a language that the window does not speak, apps are read all the same', async () => {
    const { tab, call, axe, close } = await open({ hash: '#/settings/account' });
    await tab.getByRole('button', { name: /Language/ }).click();
    await tab.getByRole('option', { name: 'Deutsch' }).click();
    await tab.getByRole('button', { name: /Deutsch/ }).waitFor();
    assert.equal((await call('System.Status')).language, 'en');
    assert.deepEqual(await axe(), []);
    await tab.goto(`${new URL(tab.url()).origin}/#/apps/slack`);
    await tab.locator('[lang=de]').getByText('Nachrichten erscheinen unter Ihrem Namen.').waitFor();
    await tab.locator('p[lang=de]').getByText('Schreiben, fragen und zuhören').waitFor();
    await tab.getByRole('button', { name: 'Install app' }).waitFor();
    await call('Accounts.ChangeLanguage', 'en');
    await tab.getByText('Messages appear under your name.').waitFor();
    await close();
  });

  await test('sandbox apps can be hidden, and shown again', async () => {
    const { tab, call, close } = await open({ hash: '#/settings/apps' });
    const total = async () => {
      const found = await call('Catalogue.Search', {
        text: 'sandbox',
        filters: [],
        sort: 'name',
        offset: 0,
        limit: 50,
      });
      return found.cards.filter((card) => card.sandbox).length;
    };
    const toggle = tab.getByRole('switch', { name: /Show sandbox apps/ });
    await toggle.waitFor();
    assert.equal(await total(), 3);
    await toggle.focus();
    await tab.keyboard.press('Space');
    while ((await total()) !== 0) await tab.waitForTimeout(20);
    await tab.keyboard.press('Space');
    while ((await total()) !== 3) await tab.waitForTimeout(20);
    await close();
  });
}
