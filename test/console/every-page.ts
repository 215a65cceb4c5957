import { describe, expect, test } from '@jest/globals';
import { accessible, contextOf, fits, openPage, show, type Look, type Suite } from './suites.ts';
import { pageCases, roles, type Role } from './pages.ts';

/** For a test of many pages: some seconds on a machine at rest, many where other suites run. */
const manyMs = 120_000;

/** Whose pages axe judges here: every page is among theirs, with all that may be done there. Other looks: axe.ts. */
const judged: readonly Role[] = ['administrator', 'vendor'];

/** Every page as each role sees it, in both languages, on a phone, in the dark. */
export function everyPage(suite: () => Suite): void {
  describe.each(roles)('as %s', (role) => {
    test('sees the pages of the role, and no other', async () => {
      const context = await contextOf(suite(), role);
      const { page, complaints } = await openPage(context);
      for (const one of pageCases.filter((known) => known.roles.includes(role))) { await show(page, suite(), one); if (judged.includes(role)) await accessible(page); }
      const links = await Promise.all((await page.locator('nav a').all()).map((one) => one.getAttribute('href')));
      for (const one of pageCases.filter(({ path }) => /^\/[a-z]*$/.test(path) && path !== '/password')) expect([one.path, links.includes(one.path)]).toEqual([one.path, one.roles.includes(role)]);
      expect(complaints).toEqual([]);
      await context.close();
    }, manyMs);
    test('an address of another role’s page leads nowhere', async () => {
      const context = await contextOf(suite(), role);
      const { page } = await openPage(context);
      const other = pageCases.find(({ path, roles: those }) => path !== '/' && !path.includes(':') && !those.includes(role));
      if (other === undefined) expect(role).toBe('administrator');
      else { await page.goto(other.path); await page.locator('h1', { hasText: 'Page inconnue' }).waitFor(); }
      await context.close();
    });
  });

  const looks: (readonly [string, Look])[] = [['in French on a phone', { width: 375 }], ['in English on a phone, in the dark', { width: 375, dark: true, language: 'en' }]];
  test.each(looks)('%s', async (_name, look) => {
    const context = await contextOf(suite(), 'administrator', look);
    const { page, complaints } = await openPage(context);
    for (const one of pageCases.filter(({ roles: those }) => those.includes('administrator'))) {
      await show(page, suite(), one, look.language);
      expect(await page.locator('html').getAttribute('lang')).toBe(look.language ?? 'fr');
      await fits(page);
      if (look.dark === true) await accessible(page);
    }
    expect(complaints).toEqual([]);
    await context.close();
  }, manyMs);
}
