import { describe, expect, test } from '@jest/globals';
import { until } from './filled.ts';
import { accessible, contextOf, openPage, type Suite } from './suites.ts';

const reason = 'essai demandé par le laboratoire';

/** What people do: sign in, search, look at a content, act. */
export function acting(suite: () => Suite): void {
  describe('signing in', () => {
    test('a wrong password is refused in words, the right one opens the address that was asked, signing out closes it', async () => {
      const context = await contextOf(suite(), null);
      const { page } = await openPage(context);
      const { account, password } = suite().gateway.admin;
      await page.goto('/held');
      await page.getByLabel('Compte').fill(account);
      await page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon');
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await page.locator('[role=alert]').waitFor();
      await accessible(page);
      await page.getByLabel('Mot de passe', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await page.locator('h1', { hasText: 'Retenus' }).waitFor();
      await page.getByRole('button', { name: `Compte ${account}` }).click();
      await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
      await page.getByLabel('Mot de passe', { exact: true }).waitFor();
      expect(await context.cookies()).toEqual([]);
      await context.close();
    });
  });

  describe('the messages', () => {
    test('filters are the address, and a saved search brings them back', async () => {
      const context = await contextOf(suite(), 'operator');
      const { page } = await openPage(context);
      await page.goto('/messages');
      await page.getByLabel('Destination', { exact: true }).selectOption('region');
      await page.getByLabel('État d’un envoi').selectOption('delivered');
      expect(new URL(page.url()).search).toBe('?destination=region&state=delivered');
      await page.getByRole('button', { name: /Recherches enregistrées/ }).click();
      await page.getByLabel('Nom de la recherche').fill('Livrés à la région');
      await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
      await page.getByRole('button', { name: 'Livrés à la région', exact: true }).waitFor();
      await page.goto('/messages');
      await page.getByRole('button', { name: /Recherches enregistrées \(1\)/ }).click();
      await page.getByRole('button', { name: 'Livrés à la région', exact: true }).click();
      await page.waitForURL((address) => address.searchParams.get('destination') === 'region' && address.searchParams.get('state') === 'delivered');
      await page.reload();
      expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe('region');
      await context.close();
    });

    test('the live tail shows what passes, and stands still while paused', async () => {
      const context = await contextOf(suite(), 'viewer');
      const { page } = await openPage(context);
      await page.goto('/messages?live=1');
      await page.getByText('Suit ce qui passe.').waitFor();
      await suite().gateway.send(suite().filled.another());
      await page.locator('[data-kind=live] [role=cell] a').first().waitFor();
      await page.getByRole('button', { name: 'Suspendre' }).click();
      const rows = await page.locator('[data-kind=live] .virtual-body [role=row]').count();
      await suite().gateway.send(suite().filled.another());
      await page.getByText(/Suspendu ; [1-9]/).waitFor();
      expect(await page.locator('[data-kind=live] .virtual-body [role=row]').count()).toBe(rows);
      await page.getByRole('button', { name: 'Reprendre' }).click();
      await until(() => page.locator('[data-kind=live] .virtual-body [role=row]').count(), (count) => count > rows, 'more rows');
      await context.close();
    });
  });

  describe('a flood', () => {
    test('of batches is drawn bounded: the newest first, 1000 kept, a screenful in the page, and what was left out is told', async () => {
      const context = await contextOf(suite(), 'viewer');
      const { page } = await openPage(context);
      const [batches, each, left] = [30, 100, 7];
      const item = (n: number) => ({ kind: 'message', at: 1_700_000_000_000 + n, seq: n, trace: `flood-${String(n)}`, source: 'laboratoire', type: 'ORU^R01', size: 1000, outcome: 'planned', ack: 'AA', deliveries: 1, ms: 1 });
      const body = Array.from({ length: batches }, (_, batch) => `data: ${JSON.stringify({ at: 0, items: Array.from({ length: each }, (__, at) => item(batch * each + at)), more: left })}\n\n`).join('');
      let given = 0;
      // Once; the page's next attempt to follow is left waiting, as on a quiet line.
      await page.route((url) => url.pathname === '/api/messages/live', (route) => (given++ === 0 ? route.fulfill({ contentType: 'text/event-stream', body }) : undefined));
      await page.goto('/messages?live=1');
      await page.locator('[data-kind=live] .virtual-body [role=row]').first().waitFor();
      const table = page.locator('[data-kind=live] [role=table]');
      await until(() => table.getAttribute('aria-rowcount'), (count) => count === '1001', 'a thousand rows and their heading');
      expect(await page.locator('[data-kind=live] .virtual-body [role=row]').count()).toBeLessThan(60);
      expect(await page.locator('[data-kind=live] .virtual-body a').first().getAttribute('href')).toBe(`/messages/flood-${String(batches * each - 1)}`);
      await page.getByText(`${String(batches * left)} de plus, passés trop vite`).waitFor();
      await context.close();
    });
  });

  describe('acts', () => {
    test('a delivery is replayed only once its consequence was read and a reason given', async () => {
      const context = await contextOf(suite(), 'operator');
      const { page } = await openPage(context);
      await page.goto(`/messages/${suite().filled.trace}`);
      await page.getByRole('button', { name: /^Rejouer/ }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/Un plan d’un seul envoi vers/).waitFor();
      expect(await dialog.getByRole('button', { name: 'Rejouer' }).isDisabled()).toBe(true);
      await dialog.getByLabel('Motif').fill(reason);
      await accessible(page);
      await dialog.getByRole('button', { name: 'Rejouer' }).click();
      await page.waitForURL('**/replays/*');
      await page.getByText(reason).first().waitFor();
      await page.getByRole('button', { name: 'Lancer' }).click();
      await dialog.getByText(/1 envois partent vers 1 destinataire/).waitFor();
      await dialog.getByRole('button', { name: 'Lancer' }).click();
      await page.getByText('terminé', { exact: true }).first().waitFor();
      await context.close();
    });

    test('a viewer is offered none', async () => {
      const context = await contextOf(suite(), 'viewer');
      const { page } = await openPage(context);
      await page.goto(`/messages/${suite().filled.trace}`);
      await page.locator('dl.facts').waitFor();
      expect(await page.getByRole('button', { name: /Rejouer|Libérer|Abandonner|Voir le contenu|Planifier/ }).count()).toBe(0);
      await context.close();
    });
  });
}
