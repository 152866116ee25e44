// The way of a connection, with the sandbox as its provider: install, decline,
// connect, lose access, see the alert, mend it from its card, uninstall.
import assert from 'node:assert/strict';

const app = 'sandbox-crm';

/** Presses a button that starts a sign-in and gives the page that the provider would show. */
async function startSignIn(tab, button) {
  const answer = tab.waitForResponse(/Connections\.(Connect|Reconnect)$/);
  await button.click();
  const attempt = await (await answer).json();
  await tab.getByRole('dialog', { name: /^Sign in to/ }).waitFor();
  const provider = await tab.context().browser().newPage();
  await provider.goto(attempt.url || (await waitForURL(tab, attempt.id)));
  return provider;
}

async function waitForURL(tab, id) {
  const answer = await tab.waitForResponse(async (response) => {
    if (!response.url().endsWith('Connections.Attempt')) return false;
    const attempt = await response.json();
    return attempt.id === id && attempt.url !== '';
  });
  return (await answer.json()).url;
}

async function decide(provider, decision, nth = 0) {
  const account = provider.getByRole('button', { name: /^Sign in as/ }).nth(nth);
  if (await account.isVisible()) await account.click();
  await provider.getByRole('button', { name: decision, exact: true }).click();
  await provider.waitForLoadState();
  const { origin } = new URL(provider.url());
  await provider.close();
  return origin;
}

const listing = (tab) => tab.getByRole('button', { name: 'Install app' }).first();
const card = (tab) => tab.getByRole('group', { name: /account/ });

export default async function suite({ test, open }) {
  let sandbox = '';

  await test('declining says so and leaves nothing behind', async () => {
    const { tab, close, call, axe } = await open({ hash: `#/apps/${app}` });
    const provider = await startSignIn(tab, listing(tab));
    sandbox = new URL(provider.url()).origin;
    assert.deepEqual(await axe(), []);
    await decide(provider, 'Decline');
    await tab.getByRole('dialog', { name: 'Access was not approved' }).waitFor();
    await tab.getByRole('button', { name: 'Try again' }).waitFor();
    await tab.getByRole('button', { name: 'Close' }).click();
    assert.deepEqual(await call('Connections.List'), []);
    await close();
  });

  await test('installing brings the app under Connected apps with its account', async () => {
    const { tab, close, call, axe } = await open({ hash: `#/apps/${app}` });
    await decide(await startSignIn(tab, listing(tab)), 'Allow');
    await tab.waitForURL(/#\/connected\/all$/);
    const [connection] = await call('Connections.List');
    const row = tab.getByRole('row', { name: new RegExp(connection.account) });
    await row.getByText('Connected', { exact: true }).waitFor();
    assert.deepEqual(await axe(), []);
    await row.click();
    await tab.getByRole('heading', { name: 'Permissions' }).waitFor();
    assert.deepEqual(await axe(), []);
    await close();
  });

  await test('an optional permission is added later, and seen in the activity', async () => {
    const { tab, close, call, axe } = await open({ hash: '#/connected/all' });
    const [connection] = await call('Connections.List');
    await tab.getByRole('row', { name: /Sandbox CRM/ }).click();
    await tab.getByRole('button', { name: 'Add permissions' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Add permissions to Sandbox CRM' });
    const goOn = dialog.getByRole('button', { name: 'Continue' });
    assert.equal(await goOn.isDisabled(), true);
    await dialog.getByRole('checkbox').first().press('Space');
    assert.deepEqual(await axe(), []);
    await decide(await startSignIn(tab, goOn), 'Allow');
    await tab.getByText('Permissions changed').waitFor();
    await tab.getByText(/^Ada.* · Added: /).waitFor();
    const { permissions } = await call('Connections.Connection', connection.id);
    assert.ok(permissions.some((p) => p.permission.optional && p.granted));
    await close();
  });

  await test('a sign-in as somebody else asks what to do with it', async () => {
    const { tab, close, call, axe } = await open({ hash: '#/connected/all' });
    const reconnect = async () => {
      await tab.getByRole('button', { name: 'Actions', exact: true }).first().click();
      return startSignIn(tab, tab.getByRole('menuitem', { name: 'Reconnect' }));
    };
    const [before] = await call('Connections.List');
    await decide(await reconnect(), 'Allow', 1);
    const dialog = tab.getByRole('dialog', { name: 'This is another account' });
    await dialog.getByRole('radio', { name: /^Add .* as a second account/ }).check({ force: true });
    assert.deepEqual(await axe(), []);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await tab.getByText('2 of 2 connections').waitFor();
    const [first, second] = await call('Connections.List');
    assert.equal(first.account, before.account);
    assert.notEqual(second.account, before.account);
    await call('Connections.Uninstall', second.id, 'uninstall');
    await close();
  });

  await test('lost access raises an alert that its own card mends', async () => {
    const { tab, close, call, axe } = await open({ hash: '#/connected/alerts' });
    await tab.getByRole('heading', { name: 'Everything works' }).waitFor();
    const body = JSON.stringify({ app: 'crm', action: 'revoke' });
    const headers = { 'Content-Type': 'application/json' };
    const told = await fetch(`${sandbox}/control/api`, { method: 'POST', headers, body });
    assert.equal(told.status, 200);
    const [connection] = await call('Connections.List');
    await call('Connections.CheckNow', connection.id);
    const row = tab.getByRole('button', { name: /^Sandbox CRM/ });
    await row.hover();
    await card(tab).getByRole('listitem').first().waitFor();
    assert.deepEqual(await axe(), []);
    await decide(
      await startSignIn(tab, card(tab).getByRole('button', { name: 'Reconnect' })),
      'Allow',
    );
    await tab.getByText('Mended').first().waitFor();
    await tab.getByRole('heading', { name: 'Everything works' }).waitFor();
    await close();
  });

  await test('uninstalling asks for the word, revokes, and shows what was removed', async () => {
    const { tab, close, call, axe } = await open({ hash: '#/connected/all' });
    await tab.getByRole('button', { name: 'Actions', exact: true }).click();
    await tab.getByRole('menuitem', { name: 'Uninstall' }).click();
    const uninstall = tab.getByRole('button', { name: 'Uninstall', exact: true });
    await uninstall.waitFor();
    assert.equal(await uninstall.isDisabled(), true);
    assert.deepEqual(await axe(), []);
    await tab.getByRole('textbox', { name: 'Word to confirm' }).fill('uninstall');
    await uninstall.click();
    await tab.getByRole('dialog', { name: 'Sandbox CRM was uninstalled' }).waitFor();
    await tab.getByText('Sandbox CRM has withdrawn the access.').waitFor();
    assert.deepEqual(await axe(), []);
    await tab.getByRole('button', { name: 'Done' }).click();
    assert.deepEqual(await call('Connections.List'), []);
    await tab.getByRole('heading', { name: 'No apps connected yet' }).waitFor();
    await tab.getByRole('tab', { name: 'Activity' }).click();
    await tab.getByRole('button', { name: 'Show receipt' }).first().click();
    await tab.getByRole('dialog', { name: 'Sandbox CRM was uninstalled' }).waitFor();
    await close();
  });
}
