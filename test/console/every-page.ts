import { describe, expect, test } from '@jest/globals';
import { accessible, contextOf, fits, openPage, show, type Look, type Suite } from './suites.ts';
import { pageCases, roles } from './pages.ts';

/** Every page as each role sees it, in both languages, on a phone, in the dark. */
export function everyPage(suite: () => Suite): void {
  describe.each(roles)('as %s', (role) => {
    test('sees the pages of the role, and no other', async () => {
      const context = await contextOf(suite(), role);
      const { page, complaints } = await openPage(context);
      for (const one of pageCases.filter((known) => known.roles.includes(role))) { await show(page, suite(), one); await accessible(page); }
      const links = await Promise.all((await page.locator('nav a').all()).map((one) => one.getAttribute('href')));
      for (const one of pageCases) if (!one.path.includes(':') && !one.path.includes('?')) expect([one.path, links.includes(one.path)]).toEqual([one.path, one.roles.includes(role)]);
      expect(complaints).toEqual([]);
      await context.close();
    });
    test('an address of another role’s page leads nowhere', async () => {
      const context = await contextOf(suite(), role);
      const { page } = await openPage(context);
      for (const one of pageCases.filter((known) => known.path !== '/' && !known.roles.includes(role))) {
        await page.goto(one.path.replace(':trace', suite().filled.trace).replace(':replay', '1'));
        await page.locator('h1', { hasText: 'Page inconnue' }).waitFor();
      }
      await context.close();
    });
  });

  const looks: (readonly [string, Look])[] = [['in English', { language: 'en' }], ['on a phone', { width: 375 }], ['on a phone in the dark, in English', { width: 375, dark: true, language: 'en' }], ['in the dark', { dark: true }]];
  test.each(looks)('%s', async (_name, look) => {
    const context = await contextOf(suite(), 'administrator', look);
    const { page, complaints } = await openPage(context);
    for (const one of pageCases.filter(({ roles: those }) => those.includes('administrator'))) {
      await show(page, suite(), one, look.language);
      expect(await page.locator('html').getAttribute('lang')).toBe(look.language ?? 'fr');
      await fits(page);
      await accessible(page);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
}
