// Where the provider is: a server or an account of one's own is asked for before the
// client that belongs to it, and what was entered is there on the way back.
import assert from 'node:assert/strict';

const install = (tab) => tab.getByRole('button', { name: 'Install app' }).first().click();

/** Lets apps be installed on a machine without a network too: nothing here needs one. */
const before = (tab) =>
  tab.route('**/call/Catalogue.Listing', async (route) => {
    const response = await route.fetch();
    const install = { allowed: true, reason: '', connections: [] };
    await route.fulfill({ response, json: { ...(await response.json()), install } });
  });

/** What the page sends to `method`, which Go does not get to see. */
async function kept(tab, method, json) {
  const sent = [];
  await tab.route(`**/call/${method}`, (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill({ json });
  });
  return sent;
}

/** A sign-in that waits for somebody, at the provider's page. */
const attempt = {
  id: 'a1',
  slug: 'gitlab',
  app: 'GitLab',
  icon: { brand: 'gitlab', color: '' },
  phase: 'waiting',
  host: 'gitlab.com',
  url: 'https://gitlab.com/oauth/authorize',
  window: 'tab',
  options: [],
};

export default async function suite({ test, open }) {
  await test('a wrong part of an address is kept and explained once it is left', async () => {
    const { tab, close, axe } = await open({ hash: '#/apps/zendesk', before });
    await install(tab);
    const dialog = tab.getByRole('dialog', { name: 'Install Zendesk' });
    const field = dialog.getByRole('textbox', { name: 'Zendesk subdomain' });
    const goOn = dialog.getByRole('button', { name: 'Continue' });
    assert.equal(await field.evaluate((input) => input === document.activeElement), true);
    await field.pressSequentially('Acme Inc.');
    assert.equal(await dialog.getByText('right form').count(), 0);
    assert.equal(await goOn.isDisabled(), true);
    await field.press('Enter');
    const hint =
      'This doesn’t have the right form. The part before .zendesk.com. For example: acme';
    await dialog.getByText(hint).waitFor();
    assert.equal(await field.inputValue(), 'Acme Inc.');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await axe(), []);
    await field.fill('acme');
    await dialog.getByText(hint).waitFor({ state: 'detached' });
    assert.equal(await goOn.isEnabled(), true);
    await close();
  });

  await test('the client step is of the place that was entered, and leads back to it', async () => {
    const { tab, close, axe } = await open({ hash: '#/apps/gitlab', before });
    await install(tab);
    const host = tab.getByRole('textbox', { name: 'GitLab host' });
    assert.equal(await host.inputValue(), 'gitlab.com');
    await host.fill(' git.acme.example:8443 ');
    await host.press('Enter');
    const client = tab.getByRole('dialog', { name: 'Set up the client for GitLab' });
    await client.getByText('git.acme.example:8443', { exact: true }).waitFor();
    const opened = await kept(tab, 'System.OpenLink', null);
    await client.getByRole('link', { name: 'Open the developer console of GitLab' }).click();
    const console = 'https://git.acme.example:8443/-/user_settings/applications';
    assert.deepEqual(opened, [[console]]);
    assert.deepEqual(await axe(), []);
    await client.getByRole('button', { name: 'Back' }).click();
    assert.equal(await host.inputValue(), ' git.acme.example:8443 ');
    assert.equal(await tab.getByRole('button', { name: 'Back' }).count(), 0);
    await tab.getByRole('button', { name: 'Continue' }).click();
    await client.getByText('git.acme.example:8443', { exact: true }).waitFor();
    await close();
  });

  await test('a refused client can be mended and sent again', async () => {
    const { tab, close } = await open({ hash: '#/apps/gitlab', before });
    await install(tab);
    await tab.getByRole('button', { name: 'Continue' }).click();
    const id = tab.getByRole('textbox', { name: 'Client ID' });
    await id.fill('two words');
    await id.press('Enter');
    const refused = tab.getByText('This was not accepted. Check it and try again.');
    await refused.waitFor();
    assert.equal(await id.inputValue(), 'two words');
    const saved = await kept(tab, 'Connections.SaveClient', { clientID: 'word', asks: ['host'] });
    const started = await kept(tab, 'Connections.Connect', attempt);
    await kept(tab, 'Connections.Attempt', attempt);
    await id.fill('word');
    await refused.waitFor({ state: 'detached' });
    await id.press('Enter');
    const signIn = tab.getByRole('dialog', { name: 'Sign in to GitLab' });
    await signIn.getByRole('button', { name: 'Copy link' }).waitFor();
    const place = { slug: 'gitlab', connectionID: '' };
    const variables = [{ name: 'host', value: 'gitlab.com' }];
    assert.deepEqual(saved[0][0], { ...place, variables });
    assert.equal(saved[0][1].clientID, 'word');
    assert.deepEqual(started[0][1].variables, variables);
    await close();
  });
}
