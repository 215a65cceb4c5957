import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addressOf, type Suite } from './contexts.ts';
import type { PageCase } from './pages.ts';

export { contextOf, openPage, type Look, type Suite } from './contexts.ts';

/** WCAG 2.2 A and AA, and axe's best practices: none broken. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`) }))).toEqual([]);
}

/** Nothing is wider than the screen: no page scrolls sideways (WCAG 1.4.10). */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
}

/** Opens a page and waits for its answer. */
export async function show(page: Page, suite: Suite, one: PageCase, language: 'fr' | 'en' = 'fr'): Promise<void> {
  await page.goto(addressOf(suite, one));
  await page.locator('h1', { hasText: one.title[language] }).waitFor();
  await page.locator(one.ready).first().waitFor();
  expect(await page.locator('[data-failed]').allTextContents()).toEqual([]);
}
