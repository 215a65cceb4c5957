import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pageCases, roles, type PageCase } from './pages.ts';
import { accessible, addressOf, contextOf, openPage, type Suite } from './suites.ts';

const manyMs = 170_000;
/** `npm run axe` (some six minutes): every language with every width, dialogs, empty lists, refusals. `npm test`: each page of each role by two ways that differ in both. */
const all = process.env.PASSERELLE_AXE === 'all';
const widths = [1280, 375] as const;
const toEnglish = 'English', toFrench = 'Français';

/** In both widths, unless said. */
async function wideAndNarrow(page: Page, where: string, those: readonly number[] = widths): Promise<void> {
  for (const width of those) { await page.setViewportSize({ width, height: 900 }); await accessible(page, `${where}, ${String(width)} px`); }
}
/** A page as it is, in both languages and widths; it is loaded once. */
async function everyWay(page: Page, where: string): Promise<void> {
  for (const [at, button] of [toEnglish, toFrench].entries()) {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('button', { name: button === toEnglish ? toFrench : toEnglish }).waitFor();
    await wideAndNarrow(page, `${where}, ${button}`, all ? widths : widths.slice(at, at + 1));
  }
}
const open = async (page: Page, suite: Suite, one: PageCase): Promise<void> => { await page.goto(addressOf(suite, one)); await page.locator('h1').waitFor(); };

/** Where each dialog is, and what opens it, in French and English. The other dialogs are judged where they are used (decisions.ts, more-acts.ts). */
const dialogs: readonly (readonly [string, RegExp])[] = [
  ['/messages/:trace', /^(Voir le contenu|See the content)$/], ['/messages/:trace', /^(Rejouer|Replay) /], ['/held', /^(Libérer|Release) /], ['/held', /^(Abandonner|Abandon(?! d’office)) /],
  ['/destinations/region', /^(Suspendre|Pause)$/], ['/replays/:replay', /^(Lancer|Start)$/], ['/incidents', /^(Prévoir une maintenance|Plan maintenance)$/],
  ['/accounts', /^(Créer un compte|Make an account)$/], ['/accounts', /^(Modifier|Change) viewer$/], ['/accounts', /^(Supprimer|Remove) viewer$/],
];

/** axe finds nothing: every page with data, for each role, language and width; with nothing in it; with each dialog open; when the gateway refuses. */
export function axe(suite: () => Suite): void {
  describe('axe', () => {
    test.each(roles)('as %s: every page, in French and English, on a desktop and a phone', async (role) => {
      const context = await contextOf(suite(), role);
      const { page } = await openPage(context);
      for (const one of pageCases.filter((known) => known.roles.includes(role))) {
        await open(page, suite(), one);
        await page.locator(one.ready).first().waitFor();
        await everyWay(page, one.name);
      }
      await context.close();
    }, manyMs);

    if (!all) return;

    describe('with nothing in sight', () => {
      let nobody: { name: string; value: string };
      beforeAll(async () => { nobody = (await suite().gateway.enter('vide', 'operator', 'BAL de démonstration')).cookie; });
      test('every list says what would be there, or what is', async () => {
        const context = await contextOf(suite(), null);
        await context.addCookies([{ ...nobody, url: suite().gateway.address }]);
        const { page } = await openPage(context);
        for (const one of pageCases.filter(({ roles: those, path }) => those.includes('operator') && !/^\/[a-z]+\/./.test(path))) {
          await open(page, suite(), one);
          await page.locator('main').getByRole('status').filter({ hasText: /./ }).or(page.locator('form')).or(page.locator('main table')).first().waitFor();
          await wideAndNarrow(page, `${one.name}, empty`);
        }
        await context.close();
      }, manyMs);
    });

    test.each(['fr', 'en'] as const)('with each dialog open, %s', async (language) => {
      const context = await contextOf(suite(), 'administrator', { language });
      const { page } = await openPage(context);
      for (const [path, button] of dialogs) {
        await page.setViewportSize({ width: widths[0], height: 900 });
        await page.goto(addressOf(suite(), { path } as PageCase));
        await page.getByRole('button', { name: button }).first().click();
        await page.getByRole('dialog').waitFor();
        await wideAndNarrow(page, `${path} ${String(button)}, ${language}`);
      }
      await context.close();
    }, manyMs);

    test.each(['fr', 'en'] as const)('when the gateway refuses or does not answer, %s', async (language) => {
      const context = await contextOf(suite(), 'administrator', { language });
      const { page } = await openPage(context);
      for (const [at, one] of pageCases.filter(({ path }) => path !== '/password').entries()) {
        // In turn a refusal in the gateway's words, and no answer at all.
        await page.unrouteAll();
        await page.route((url) => url.pathname.startsWith('/api/') && url.pathname !== '/api/session', (route) => (at % 2 === 0
          ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Indisponible', status: 503, detail: 'Le journal refuse les lectures.', advice: 'Voyez le disque.', code: 'api.internal' }) })
          : route.abort()));
        await page.setViewportSize({ width: widths[0], height: 900 });
        await open(page, suite(), one);
        await page.getByRole('alert').first().waitFor({ timeout: 20_000 });
        await wideAndNarrow(page, `${one.name}, refused, ${language}`);
      }
      expect(await page.getByRole('alert').count()).toBeGreaterThan(0);
      await context.close();
    }, manyMs);
  });
}
