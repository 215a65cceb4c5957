import { describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { contextOf, openPage, show, type Suite } from './suites.ts';
import { pageCases } from './pages.ts';

/** Of the haematology fixture: matricule, IPP, names, mail, birth date in both writings. */
const secrets = ['279035121518989', '0007421', 'ROUSSEAU', 'LEFEBVRE', 'CLAIRE MARIE', 'claire@exemple.test', '19790328', '1979-03-28'];
const held = (text: string): string[] => secrets.filter((one) => text.includes(one));

/** All that a browser keeps or shows elsewhere than in the page. */
async function kept(context: BrowserContext, page: Page): Promise<string> {
  const { cookies, origins } = await context.storageState({ indexedDB: true });
  const inPage = await page.evaluate('JSON.stringify({ title: document.title, history: history.state, session: { ...sessionStorage }, local: { ...localStorage } })');
  const caches = await page.evaluate('caches.keys().then((names) => JSON.stringify(names)).catch(() => "")');
  return JSON.stringify([page.url(), cookies, origins, inPage, caches]);
}

export function privacy(suite: () => Suite): void {
  describe('the patient', () => {
    test('is on no page before a reveal, in no address, title, storage or browser log after one; and gone once hidden', async () => {
      const context = await contextOf(suite(), 'administrator');
      const { page, complaints } = await openPage(context);
      const logged: string[] = [], asked: string[] = [];
      page.on('console', (said) => { logged.push(said.text()); });
      page.on('request', (request) => { asked.push(request.url()); });
      for (const one of pageCases) { await show(page, suite(), one); expect([one.name, held(await page.content())]).toEqual([one.name, []]); }

      await page.goto(`/messages/${suite().filled.trace}`);
      await page.getByRole('button', { name: 'Voir le contenu' }).click();
      await page.getByLabel('Motif').fill('essai de la console');
      await page.getByRole('dialog').getByRole('button', { name: 'Voir le contenu' }).click();
      await page.locator('.sides').waitFor();
      expect(held(await page.locator('.sides').textContent() ?? '')).toEqual(expect.arrayContaining(['279035121518989', 'ROUSSEAU', '19790328', '1979-03-28']));
      expect(await page.getByRole('timer').textContent()).toMatch(/^Masqué de nouveau dans \d+ min$/);
      expect(held(await kept(context, page))).toEqual([]);
      await page.getByRole('button', { name: 'Masquer' }).click();
      expect(held(await page.content())).toEqual([]);
      await page.getByText('essai de la console').first().waitFor();

      await page.goto('/messages');
      await page.getByLabel('Chercher par').selectOption('ins');
      await page.getByLabel('Valeur').fill('279035121518989');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Quitter la recherche' }).waitFor();
      await page.locator('.virtual-body a').first().waitFor();
      expect(held(await kept(context, page))).toEqual([]);
      await page.locator('.virtual-body a').first().click();
      await page.locator('dl.facts').waitFor();
      expect(held(await kept(context, page) + await page.content())).toEqual([]);
      expect(held(logged.join(' ') + asked.join(' '))).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    }, 120_000);

    test('a field pointed at lights up in what came and in what it became', async () => {
      const context = await contextOf(suite(), 'operator');
      const { page } = await openPage(context);
      await page.goto(`/messages/${suite().filled.trace}`);
      await page.getByRole('button', { name: 'Voir le contenu' }).click();
      await page.getByLabel('Motif').fill('essai de la console');
      await page.getByRole('dialog').getByRole('button', { name: 'Voir le contenu' }).click();
      const follow = page.getByLabel('Suivre un champ');
      await follow.waitFor();
      const places = await Promise.all((await follow.locator('option').all()).map(async (one) => await one.getAttribute('value') ?? ''));
      const birth = places.find((one) => one.startsWith('PID-7')) ?? '';
      await follow.selectOption(birth);
      expect(await page.locator('[data-place][data-marked]').allTextContents()).toEqual(['19790328']);
      expect((await page.locator('[data-path][data-marked]').allTextContents()).join()).toContain('"birthDate": "1979-03-28"');
      // In what left too, where the date is written as FHIR writes it, each element on its line.
      expect(await page.locator('pre[aria-label^="Envoyé"] mark').allTextContents()).toEqual(expect.arrayContaining(['1979-03-28']));
      expect(await page.locator('pre[aria-label^="Envoyé"]').first().textContent()).toContain('\n  "resourceType": "Bundle"');
      await follow.selectOption('');
      await page.locator('[data-place][data-marked]').waitFor({ state: 'detached' });
      await page.locator('[data-path$=".birthDate"]').first().hover();
      await page.locator('[data-place][data-marked]', { hasText: '19790328' }).waitFor();
      await context.close();
    });
  });
}
