import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sent, story, until } from './filled.ts';
import { tabTo } from './keyboard.ts';
import { accessible, contextOf, openPage, type Suite } from './suites.ts';

const reason = 'essai demandé par le laboratoire';
const manyMs = 60_000;
const mdm = readFileSync(new URL('../../fixtures/hl7v2/volet/mdm-initial/in.hl7', import.meta.url));

/** What ends by itself, what is taken away, what is announced, and a replay from its list to its last delivery. */
export function moreActs(suite: () => Suite): void {
  describe('more acts', () => {
    test('a revealed content is masked again when its time is over, without anybody touching the page', async () => {
      const context = await contextOf(suite(), 'operator');
      const { page } = await openPage(context);
      await page.clock.install();
      await page.goto(`/messages/${suite().filled.trace}`);
      await page.getByRole('button', { name: 'Voir le contenu' }).click();
      await page.getByLabel('Motif').fill(reason);
      await page.getByRole('dialog').getByRole('button', { name: 'Voir le contenu' }).click();
      await page.locator('.sides', { hasText: 'ROUSSEAU' }).waitFor();
      await page.clock.fastForward('09:30');
      expect(await page.getByRole('timer').textContent()).toMatch(/^Masqué de nouveau dans \d+ s$/);
      expect(await page.locator('.sides').textContent()).toContain('ROUSSEAU');
      await page.clock.fastForward('00:31');
      await page.getByText('Le temps accordé est écoulé').waitFor();
      expect(await page.locator('.sides').count()).toBe(0);
      expect(await page.content()).not.toContain('ROUSSEAU');
      await accessible(page);
      await context.close();
    }, manyMs);

    test('a document is downloaded, the very bytes that came, and never opened in the page', async () => {
      const { gateway } = suite();
      const controlId = mdm.toString('latin1').split('|')[9] ?? '';
      const trace = await sent(gateway, mdm, controlId);
      const context = await contextOf(suite(), 'operator');
      const { page, complaints } = await openPage(context);
      await page.goto(`/messages/${trace}`);
      await page.getByRole('button', { name: 'Voir le contenu' }).click();
      await page.getByLabel('Motif').fill(reason);
      await page.getByRole('dialog').getByRole('button', { name: 'Voir le contenu' }).click();
      await page.locator('.sides').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await tabTo(page, /^Voir les documents$/);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Télécharger / }).first().waitFor();
      const coming = page.waitForEvent('download');
      await tabTo(page, /^Télécharger /);
      await page.keyboard.press('Enter');
      const download = await coming;
      const got = readFileSync(await download.path());
      const { documents: [one] } = await gateway.ask<{ documents: { name: string; content: { text: string | null; base64: string | null; size: number } }[] }>(gateway.people.operator, 'POST', `/api/messages/${trace}/reveal`, { reason, parts: ['documents'] });
      expect([download.suggestedFilename(), got.length]).toEqual([one?.name, one?.content.size]);
      expect(got.equals(one?.content.base64 === null ? Buffer.from(one.content.text ?? '') : Buffer.from(one?.content.base64 ?? '', 'base64'))).toBe(true);
      expect([context.pages().length, complaints]).toEqual([1, []]);
      await context.close();
    }, manyMs);

    test('a maintenance is announced, listed for everybody, and withdrawn, by keyboard', async () => {
      const { gateway } = suite();
      const windows = () => gateway.ask<{ windows: { kinds: string[]; reason: string; by: string; state: string }[] }>(gateway.people.operator, 'GET', '/api/maintenance-windows');
      const context = await contextOf(suite(), 'operator');
      const { page } = await openPage(context);
      await page.goto('/incidents');
      await page.getByText('Aucune maintenance prévue.').waitFor();
      await tabTo(page, /^Prévoir une maintenance$/);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await accessible(page);
      await until(() => page.evaluate('document.activeElement.tagName'), (name) => name === 'TEXTAREA', 'the reason has the focus');
      await page.keyboard.type(reason);
      await tabTo(page, /^Prévoir$/);
      await page.keyboard.press('Enter');
      await page.getByRole('table', { name: 'Maintenances' }).getByText('en cours').waitFor();
      expect((await windows()).windows).toMatchObject([{ kinds: [], reason, by: 'operator', state: 'running' }]);
      await accessible(page);
      await tabTo(page, /^Supprimer$/);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await tabTo(page, /^Supprimer$/);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await until(windows, ({ windows: all }) => all.every(({ state }) => state === 'over'), 'the maintenance withdrawn');
      await context.close();
    }, manyMs);

    test('an administrator sees who is signed in and closes a session: its page asks to sign in again', async () => {
      const { gateway, browser } = suite();
      const { oneTimePassword } = await gateway.ask<{ oneTimePassword: string }>(gateway.people.administrator, 'POST', '/api/accounts', { name: 'intrus', role: 'viewer' });
      const other = await contextOf(suite(), null);
      const { page: seen } = await openPage(other);
      await seen.goto('/');
      await seen.getByLabel('Compte').fill('intrus');
      await seen.getByLabel('Mot de passe', { exact: true }).fill(oneTimePassword);
      await seen.keyboard.press('Enter');
      const [present, wanted, again] = ['Mot de passe actuel', 'Nouveau mot de passe', 'Nouveau mot de passe, encore'].map((label) => seen.getByLabel(label, { exact: true }));
      await present?.fill(oneTimePassword);
      await wanted?.fill('un mot de passe choisi');
      await again?.fill('un mot de passe choisi');
      await seen.getByRole('button', { name: 'Changer' }).click();
      await seen.getByRole('navigation').waitFor();
      await seen.goto('/messages?live=1');
      await seen.getByText('Suit ce qui passe.').waitFor();

      const context = await contextOf(suite(), 'administrator');
      const { page } = await openPage(context);
      await page.goto('/accounts');
      const sessions = page.getByRole('table', { name: 'Sessions ouvertes en ce moment' });
      await sessions.getByText('intrus').waitFor();
      expect(await sessions.getByText(`${gateway.admin.account} (celle-ci)`).count()).toBe(1);
      await accessible(page);
      await tabTo(page, /^Fermer la session de intrus, /);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('intrus est déconnecté aussitôt').waitFor();
      await tabTo(page, /^Fermer$/);
      await page.keyboard.press('Enter');
      await sessions.getByText('intrus').waitFor({ state: 'detached' });
      await seen.getByRole('button', { name: 'Se connecter' }).waitFor();
      expect(browser.isConnected()).toBe(true);
      const { rows } = await gateway.ask<{ rows: { act: string; outcome: string }[] }>(gateway.people.administrator, 'GET', '/api/audit?act=session-revoke');
      expect(rows).toMatchObject([{ outcome: 'done' }]);
      await context.close();
      await other.close();
    }, manyMs);

    test('a replay plan: the list is frozen, read, started, paused, resumed, and every delivery of it leaves once', async () => {
      const { gateway } = suite();
      const context = await contextOf(suite(), 'operator');
      const { page } = await openPage(context);
      const received = async (): Promise<number> => (await gateway.ask<{ reports: { id: string; received: number }[] }>(gateway.people.operator, 'GET', '/api/vendor/reports')).reports.find(({ id }) => id === 'region')?.received ?? 0;
      const before = await received();
      await page.goto('/replays');
      await page.getByRole('button', { name: 'Nouveau plan' }).click();
      const form = page.getByRole('region', { name: 'Nouveau plan' });
      await form.getByLabel('Destination', { exact: true }).selectOption('region');
      await form.getByLabel('État', { exact: true }).selectOption('delivered');
      await form.getByLabel('Plafond').fill('1');
      await form.getByLabel('Motif').fill(reason);
      await form.getByRole('button', { name: 'Figer la liste et la voir' }).click();
      await form.getByRole('alert').waitFor();
      await accessible(page);
      await form.getByLabel('Plafond').fill('100');
      await form.getByLabel('Envois par minute').fill('30');
      await form.getByRole('button', { name: 'Figer la liste et la voir' }).click();
      await page.waitForURL(/\/replays\/\d+$/);
      const id = Number(new URL(page.url()).pathname.split('/').at(-1));
      const plan = () => gateway.ask<{ plan: { state: string; total: number; sent: number; skipped: number; left: number }; items: { state: string; trace: string; made: number | null }[] }>(gateway.people.operator, 'GET', `/api/replays/${String(id)}`);
      expect((await plan()).plan).toMatchObject({ state: 'draft', sent: 0 });
      expect(await received()).toBe(before);
      await accessible(page);
      for (const [button, state] of [['Lancer', 'running'], ['Suspendre', 'paused'], ['Reprendre', 'running']] as const) {
        await tabTo(page, new RegExp(`^${button}$`));
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await tabTo(page, new RegExp(`^${button}$`));
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await until(plan, ({ plan: now }) => now.state === state || now.state === 'done', state);
      }
      const { plan: ended, items } = await until(plan, ({ plan: now }) => now.state === 'done', 'the plan done');
      expect([ended.left, ended.sent + ended.skipped, ended.sent > 0]).toEqual([0, ended.total, true]);
      for (const { trace } of items.filter(({ state }) => state === 'sent')) expect((await story(gateway, trace)).timeline.filter(({ kind, why }) => kind === 'replayed' && why?.includes(`[plan ${String(id)}]`) === true)).toHaveLength(1);
      await page.getByText('terminé', { exact: true }).first().waitFor();
      await until(received, (now) => now > before, 'the partner got them');
      await context.close();
    }, manyMs);
  });
}
