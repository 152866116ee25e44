// The listing page: prices, arrows, links that only leave through Go, hostile text.
import assert from 'node:assert/strict';

/** Answers `method` with what `change` makes of the real answer. */
async function altered(tab, method, change) {
  await tab.route(`**/call/${method}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change(await response.json()) });
  });
}

export default async function suite({ test, open }) {
  await test('the switch changes every price to the other cycle', async () => {
    const { tab, call, close } = await open({ hash: '#/apps/sandbox-crm' });
    const { pricing } = await call('Catalogue.Listing', 'sandbox-crm');
    const plan = pricing.plans.find(
      (each) => each.monthly > 0 && each.yearly > 0 && each.monthly !== each.yearly,
    );
    const money = (value) =>
      new Intl.NumberFormat('en', {
        style: 'currency',
        currency: plan.currency,
        minimumFractionDigits: 0,
      }).format(value);
    await tab
      .getByText(`${money(plan.monthly)} a month`)
      .first()
      .waitFor();
    await tab.getByText('Yearly', { exact: true }).click();
    assert.equal(await tab.getByRole('radio', { name: 'Yearly' }).isChecked(), true);
    await tab
      .getByText(`${money(plan.yearly)} a month`)
      .first()
      .waitFor();
    assert.equal(await tab.getByText(`${money(plan.monthly)} a month`).count(), 0);
    await close();
  });

  await test('arrows have words', async () => {
    const { tab, close } = await open({ hash: '#/apps/sandbox-crm' });
    await tab.getByRole('img', { name: 'moves both ways' }).first().waitFor();
    await tab.getByRole('img', { name: 'goes one way, to Sandbox CRM' }).first().waitFor();
    await tab.getByRole('img', { name: 'comes one way, from Sandbox CRM' }).first().waitFor();
    await close();
  });

  await test('pictures open larger, turn around and give the focus back', async () => {
    const { tab, axe, close } = await open({ hash: '#/apps/sandbox-crm' });
    const small = tab.getByRole('button', { name: /^Enlarge: Contacts and deals/ });
    await small.click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('heading', { name: /^Contacts and deals/ }).waitFor();
    await dialog.getByRole('button', { name: 'Next picture' }).click();
    await dialog.getByRole('img', { name: /^The control page/ }).waitFor();
    await dialog.getByRole('button', { name: 'Next picture' }).click();
    await dialog.getByRole('img', { name: /^Contacts and deals/ }).waitFor();
    assert.deepEqual(await axe(), []);
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await small.evaluate((button) => button === document.activeElement), true);
    await close();
  });

  await test('the part of the page that is read is marked', async () => {
    const { tab, close } = await open({ hash: '#/apps/sandbox-crm' });
    const parts = tab.getByRole('navigation', { name: 'On this page' });
    const marked = (name) =>
      parts.locator('li[aria-current=location]').filter({ hasText: name }).waitFor();
    await marked('Overview');
    await parts.getByRole('button', { name: 'Permissions' }).click();
    await marked('Permissions');
    await parts.getByRole('button', { name: 'How it connects' }).click();
    await marked('How it connects');
    await close();
  });

  await test('outside pages open through Go only', async () => {
    const asked = [];
    const before = (tab) =>
      tab.route('**/call/System.OpenLink', (route) => {
        asked.push(...route.request().postDataJSON());
        return route.fulfill({ body: 'null' });
      });
    const { tab, call, close } = await open({ hash: '#/apps/sandbox-crm', before });
    const { pricing, resources } = await call('Catalogue.Listing', 'sandbox-crm');
    const follow = (what) =>
      Promise.all([tab.waitForResponse('**/call/System.OpenLink'), what.click()]);
    await follow(tab.getByRole('button', { name: 'View setup guide' }));
    await follow(tab.getByRole('button', { name: 'See all pricing options' }));
    await follow(tab.getByRole('link', { name: 'Documentation' }));
    assert.deepEqual(asked, [resources.setupGuide, pricing.page, resources.documentation]);
    assert.match(tab.url(), /#\/apps\/sandbox-crm$/);
    await close();
  });

  await test('hostile HTML asks for nothing and runs nothing', async () => {
    const asked = [];
    const calls = [];
    const html =
      '<p>Hello <a href="https://evil.example/x">link</a></p>' +
      "<img src=\"https://evil.example/p.png\"><img src=x onerror=\"fetch('/call/System.Copy',{method:'POST',body:'[1]'})\">" +
      '<iframe src="https://evil.example/"></iframe><style>body{background:url(https://evil.example/b)}</style>' +
      '<script>fetch("/call/System.Copy",{method:"POST",body:"[1]"})</script>';
    const before = async (tab) => {
      tab.on(
        'request',
        (request) => /evil|System\.Copy/.test(request.url()) && calls.push(request.url()),
      );
      tab.on('requestfailed', (request) => calls.splice(calls.indexOf(request.url()), 1));
      await altered(tab, 'Catalogue.Listing', (listing) => ({ ...listing, descriptionHTML: html }));
      await tab.route('**/call/System.OpenLink', (route) => {
        asked.push(...route.request().postDataJSON());
        return route.fulfill({ body: 'null' });
      });
    };
    const { tab, close } = await open({ hash: '#/apps/slack', before });
    await tab.getByRole('link', { name: 'link', exact: true }).click();
    await tab.waitForTimeout(300);
    assert.deepEqual(calls, []);
    assert.deepEqual(asked, ['https://evil.example/x']);
    assert.match(tab.url(), /#\/apps\/slack$/);
    await close();
  });

  await test('a listing that is hostile in every text costs no request and no call more', async () => {
    const evil =
      '"><img src=https://evil.example/i.png onerror=fetch("/call/System.Copy")><script>fetch("/call/System.Copy")</script>' +
      '[x](https://evil.example/m) {{name}} $t(common.close) \u202egnp.exe';
    const poison = (value, key) => {
      if (Array.isArray(value)) return value.map((one) => poison(one, key));
      if (value && typeof value === 'object') {
        return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, k)]));
      }
      // The description is made harmless in Go; the test above is of what comes after that.
      const kept = ['slug', 'descriptionHTML'].includes(key);
      return typeof value === 'string' && !kept ? evil : value;
    };
    const rendered = async (change) => {
      const asked = [];
      const before = async (tab) => {
        await altered(tab, 'Catalogue.Listing', change);
        tab.on('request', (request) => asked.push(request.url()));
      };
      const { tab, trouble, close } = await open({ hash: '#/apps/slack', before });
      await tab.locator('#listing-name').waitFor();
      await tab.waitForTimeout(500);
      await close();
      return { asked: asked.sort(), trouble };
    };
    const pictureless = (listing) => ({ ...listing, screenshots: [] });
    const plain = await rendered(pictureless);
    const hostile = await rendered((listing) => pictureless(poison(listing)));
    assert.ok(plain.asked.some((url) => url.endsWith('Catalogue.Listing')));
    assert.deepEqual(hostile, plain);
  });

  await test('what a listing newly asks for is approved as it is shown, or left', async () => {
    const approved = [];
    const kept = [];
    const asks = ['files.example.net', 'another.scope'];
    const before = async (tab) => {
      await altered(tab, 'Catalogue.Listing', (listing) => ({
        ...listing,
        permissions: [{ scope: asks[1], reason: 'Reads files.', access: 'read', optional: false }],
        consents: [
          { connectionID: 'c1', account: 'North', asks },
          { connectionID: 'c2', account: 'South', asks: asks.slice(0, 1) },
        ],
      }));
      const kind = 'listing_asks_more';
      await tab.route('**/call/Alerts.Open', (route) =>
        route.fulfill({
          json: [
            {
              id: 'a2',
              kind,
              connectionID: 'c2',
              ignored: kept.length > 0,
              steps: [],
              details: [],
            },
          ],
        }),
      );
      await tab.route('**/call/Alerts.Ignore', (route) => {
        kept.push(...route.request().postDataJSON());
        return route.fulfill({ body: '' });
      });
      await tab.route('**/call/Connections.ApproveListing', (route) => {
        approved.push(route.request().postDataJSON());
        return route.fulfill({ body: '{}' });
      });
    };
    const { tab, axe, close } = await open({ hash: '#/apps/slack', before });
    const differences = tab.getByRole('region', { name: 'Slack asks for more than was approved' });
    const north = differences.getByRole('region', { name: 'North' });
    await north.getByText('Reads files. another.scope').waitFor();
    await north.getByRole('button', { name: 'Approve and sign in' }).waitFor();
    const south = differences.getByRole('region', { name: 'South' });
    assert.equal(await north.getByRole('button', { name: 'Keep as it is' }).isVisible(), false);
    assert.deepEqual(await axe(), []);
    await south.getByRole('button', { name: 'Keep as it is' }).click();
    await south.getByText(/^Kept as it is/).waitFor();
    assert.deepEqual(kept, ['a2']);
    const readAgain = tab.waitForResponse(/Catalogue\.Listing$/);
    await south.getByRole('button', { name: 'Approve', exact: true }).click();
    await readAgain;
    assert.deepEqual(approved, [['c2', asks.slice(0, 1)]]);
    await close();
  });

  await test('why it cannot be installed is said beside the button', async () => {
    for (const [reason, words] of [
      ['installed', 'Installed.'],
      ['offline', /You’re offline/],
      ['keychain', /keychain/],
      ['no_right', /Super Admin/],
    ]) {
      const install = { allowed: false, reason, connections: reason === 'installed' ? ['c1'] : [] };
      const before = (tab) =>
        altered(tab, 'Catalogue.Listing', (listing) => ({ ...listing, install }));
      const { tab, axe, close } = await open({ hash: '#/apps/slack', before });
      const button = tab.getByRole('button', { name: 'Install app' });
      await button.waitFor();
      assert.equal(await button.isDisabled(), true);
      const described = await button.getAttribute('aria-describedby');
      await tab.locator(`[id="${described}"]`).getByText(words).waitFor();
      if (reason === 'installed') assert.deepEqual(await axe(), []);
      await close();
    }
  });
}
