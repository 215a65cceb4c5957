import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from './filled.ts';
import { contextOf, openPage, type Suite } from './suites.ts';

/** Runs in a page that writes texts as HTML, were there no content security policy; with one, the browser tells of it. Without HL7's separators. */
const script = '<img src=x onerror=pwned()><script>pwned()</script>"\'><svg onload=pwned()>';
const value = (place: string): string => `${script}${place}`;

const components = (place: string, count: number): string => Array.from({ length: count }, (_, at) => value(`${place}.${String(at + 1)}`)).join('^');
const fields = (name: string, count: number, given: Readonly<Record<number, string>> = {}): string => `${name}|${Array.from({ length: count }, (_, at) => given[at + 1] ?? components(`${name}-${String(at + 1)}`, 3)).join('|')}`;

/** A laboratory result whose every field carries a script, but for those without which it would be no such message. */
export const hostile = (controlId: string): Buffer => Buffer.from([
  `MSH|^~\\&|${value('MSH-3')}|${value('MSH-4')}|${value('MSH-5')}|${value('MSH-6')}|20261122083000+0100|${value('MSH-8')}|ORU^R01^ORU_R01|${controlId}${script}|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM`,
  fields('PID', 32, { 1: '1' }), fields('PV1', 19, { 1: '1', 2: 'I' }), fields('ORC', 12, { 1: 'RE' }), fields('OBR', 25, { 1: '1', 25: 'F' }),
  fields('OBX', 16, { 1: '1', 2: 'ST', 11: 'F' }), fields('NTE', 3, { 1: '1' }), fields('ZZZ', 5),
].join('\r') + '\r');

interface Row { readonly trace: string }

/** No element was made of a text: nothing ran, nothing was stopped from running, and there is no element of the script's. */
async function unharmed(page: Page, complaints: readonly string[]): Promise<void> {
  expect(await page.evaluate('window.ran ?? 0')).toBe(0);
  expect(await page.locator('img[src=x], svg[onload], body script').count()).toBe(0);
  expect(complaints.filter((one) => /Content Security Policy|pwned/.test(one))).toEqual([]);
}

export function scripts(suite: () => Suite): void {
  test('a script in every field of a message and in a file’s name is text, on every page that shows it', async () => {
    const { gateway } = suite();
    await gateway.send(hostile('XSS1'));
    const { messages } = await until(() => gateway.ask<{ messages: (Row & { receivedAt: number; type: string; disposition: string })[] }>(gateway.people.operator, 'GET', '/api/messages?limit=5'), (page) => page.messages.length > 2, 'messages');
    const context = await contextOf(suite(), 'administrator');
    await context.addInitScript('window.ran = 0; window.pwned = () => { window.ran++; };');
    const { page, complaints } = await openPage(context);
    for (const { trace } of messages) {
      await page.goto(`/messages/${trace}`);
      await page.locator('dl.facts').waitFor();
      await unharmed(page, complaints);
    }
    // The newest: with its content shown, where the script must be read as it came.
    await page.goto(`/messages/${messages[0]?.trace ?? ''}`);
    await page.getByRole('button', { name: 'Voir le contenu' }).click();
    await page.getByLabel('Motif').fill(`essai ${script}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Voir le contenu' }).click();
    await page.locator('.sides').waitFor();
    expect(await page.locator('.sides').textContent()).toContain(value('PID-5.1'));
    for (const tab of await page.getByRole('tab').all()) { await tab.click(); await unharmed(page, complaints); }
    for (const path of ['/', '/messages', '/held', '/incidents', '/sources', '/destinations', '/audit', '/replays']) { await page.goto(path); await page.locator('h1').waitFor(); await page.waitForLoadState('networkidle'); await unharmed(page, complaints); }

    await page.goto('/vendor');
    await page.locator('input[type=file]').first().setInputFiles({ name: `${script.replaceAll('/', '')}.hl7`, mimeType: 'text/plain', buffer: hostile('XSS2') });
    await page.waitForLoadState('networkidle');
    for (const button of ['Vérifier', 'Convertir', 'Valider']) {
      const one = page.getByRole('button', { name: button, exact: true });
      if (await one.count() > 0 && await one.first().isEnabled()) { await one.first().click(); await page.waitForLoadState('networkidle'); await unharmed(page, complaints); }
    }
    await context.close();
  }, 120_000);
}
