import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addressOf, type Suite } from './contexts.ts';
import type { PageCase } from './pages.ts';

export { addressOf, contextOf, openPage, type Look, type Suite } from './contexts.ts';

interface Broken { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string | undefined }[] }
/** What is left of the first look at a page: axe itself, which a page keeps until it is loaded again. */
const again = 'typeof axe === "undefined" ? null : axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))';

/** WCAG 2.2 A and AA, and axe's best practices: none broken. `where` is told with what is. */
export async function accessible(page: Page, where = page.url()): Promise<void> {
  const violations: readonly Broken[] = await page.evaluate<readonly Broken[] | null>(again) ?? (await new AxeBuilder({ page }).analyze()).violations;
  expect(violations.map(({ id, nodes }) => ({ where, id, nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`) }))).toEqual([]);
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
