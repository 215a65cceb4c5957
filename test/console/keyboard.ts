import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from './filled.ts';
import { contextOf, openPage, type Suite } from './suites.ts';

const focused = (page: Page): Promise<string> => page.evaluate('(document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent ?? "").trim()');
const mostSteps = 250;

/** Tab until what has this name has the focus; each step must be somewhere new, or the focus is trapped. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < mostSteps; step++) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`${String(name)} was not reached by Tab; the focus is on ${await focused(page)}`);
}

/** Everything without a mouse: none of these tests clicks. */
export function keyboard(suite: () => Suite): void {
  test('signs in, changes language, skips the navigation, opens a message, reveals its content, hides it', async () => {
    const context = await contextOf(suite(), null);
    const { page } = await openPage(context);
    const { account, password } = suite().gateway.admin;
    await page.goto('/');
    await page.getByLabel('Compte').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('account');
    await page.keyboard.type(account);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Maintenant' }).waitFor();

    await page.reload();
    await page.locator('h1', { hasText: 'Maintenant' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');

    await page.reload();
    await tabTo(page, /^English$/);
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Now' }).waitFor();
    await tabTo(page, /^Messages$/);
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Messages' }).waitFor();
    await page.locator('.virtual-body a').first().waitFor();
    await tabTo(page, /^\d\d\/\d\d\/\d{4}/);
    await page.keyboard.press('Enter');
    await page.locator('dl.facts').waitFor();
    await tabTo(page, /^See the content$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('See the content');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await until(() => page.evaluate('document.activeElement.tagName'), (name) => name === 'TEXTAREA', 'the reason has the focus');
    await page.keyboard.type('tried by keyboard only');
    await tabTo(page, /^See the content$/);
    await page.keyboard.press('Enter');
    await page.locator('.sides').waitFor();
    await tabTo(page, /^Hide$/);
    await page.keyboard.press('Enter');
    await page.locator('.sides').waitFor({ state: 'detached' });
    await context.close();
  });

  test('what has the focus is seen: every stop of a page has an outline', async () => {
    const context = await contextOf(suite(), 'administrator');
    const { page } = await openPage(context);
    await page.goto('/messages');
    await page.locator('.virtual-body a').first().waitFor();
    const bare: string[] = [];
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate('(() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2; })()');
      if (seen !== true) bare.push(await focused(page));
    }
    expect(bare).toEqual([]);
    await context.close();
  });

  test('on a phone the menu opens, names its pages and closes by keyboard', async () => {
    const context = await contextOf(suite(), 'viewer', { width: 375 });
    const { page } = await openPage(context);
    await page.goto('/');
    await page.locator('h1', { hasText: 'Maintenant' }).waitFor();
    await tabTo(page, /^Ouvrir le menu$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Retenus$/);
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Retenus' }).waitFor();
    expect(await page.getByRole('button', { name: 'Ouvrir le menu' }).getAttribute('aria-expanded')).toBe('false');
    await context.close();
  });
}
