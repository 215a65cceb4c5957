import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { doubtful, result, sent, story, until } from './filled.ts';
import { tabTo } from './keyboard.ts';
import type { Role } from './pages.ts';
import { quarantinedId } from './quarantine.ts';
import { accessible, contextOf, openPage, type Suite } from './suites.ts';

const reason = 'décidé avec le service demandeur';
const manyMs = 60_000;

/** Opens a page as somebody, does what is to be done there without a mouse, and leaves. */
async function as(suite: Suite, role: Role, path: string, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await contextOf(suite, role);
  const { page } = await openPage(context);
  await page.goto(path);
  await page.locator('h1').waitFor();
  await work(page);
  await context.close();
}
const press = async (page: Page, name: RegExp): Promise<void> => { await tabTo(page, name); await page.keyboard.press('Enter'); };
const tag = (page: Page): Promise<string> => page.evaluate('document.activeElement.tagName');

/** In a dialog: why, then its button; it closes, and what was done is said and the focus is not lost. */
async function confirm(page: Page, button: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (let step = 0; step < 20 && await page.evaluate('document.activeElement.labels?.[0]?.textContent.startsWith("Motif") ?? false') !== true; step++) await page.keyboard.press('Tab');
  await page.keyboard.type(reason);
  await press(page, button);
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-said]', { hasText: /Fait à \d\d:\d\d:\d\d/ }).waitFor();
  await until(() => tag(page), (name) => name !== 'BODY', 'the focus is somewhere');
}
/** How many the regional platform's simulator holds. */
async function stored({ gateway }: Suite): Promise<number> {
  const { reports } = await gateway.ask<{ reports: { id: string; received: number }[] }>(gateway.people.operator, 'GET', '/api/vendor/reports');
  return reports.find(({ id }) => id === 'region')?.received ?? 0;
}

/** Each decision an operator takes, by keyboard alone; then what the journal and the partner's simulator say of it. */
export function deciding(suite: () => Suite): void {
  const told = (trace: string) => story(suite().gateway, trace);
  const moment = async (trace: string, kind: string) => (await told(trace)).timeline.find((one) => one.kind === kind);

  describe('decisions, by keyboard, in the journal and at the partner', () => {
    test('a held delivery is released: it reaches the partner', async () => {
      const trace = await sent(suite().gateway, doubtful('RELEASE1'), 'RELEASE1');
      const held = (await until(() => told(trace), ({ deliveries }) => deliveries.some(({ destination, state }) => destination === 'region' && state === 'held'), 'held')).deliveries.find(({ destination }) => destination === 'region');
      const before = await stored(suite());
      await as(suite(), 'operator', '/held', async (page) => {
        await press(page, new RegExp(`^Libérer region ${String(held?.id)}$`));
        await page.getByRole('dialog').getByText('Ce qui est parti ne se rattrape pas').waitFor();
        await confirm(page, /^Libérer$/);
      });
      await until(() => told(trace), ({ deliveries }) => deliveries.find(({ id }) => id === held?.id)?.state === 'delivered', 'delivered');
      expect((await told(trace)).timeline.find(({ delivery, by }) => delivery === held?.id && by === 'operator')).toMatchObject({ why: reason });
      expect(await stored(suite())).toBeGreaterThan(before);
    }, manyMs);

    test('a held delivery is abandoned: it never leaves', async () => {
      const trace = await sent(suite().gateway, doubtful('ABANDON1'), 'ABANDON1');
      const held = (await until(() => told(trace), ({ deliveries }) => deliveries.some(({ state }) => state === 'held'), 'held')).deliveries.find(({ state }) => state === 'held');
      const before = await stored(suite());
      await as(suite(), 'operator', `/messages/${trace}`, async (page) => {
        await page.locator('dl.facts').waitFor();
        await press(page, new RegExp(`^Abandonner ${held?.destination ?? ''} ${String(held?.id)}$`));
        await confirm(page, /^Abandonner$/);
        await page.getByText('abandonné', { exact: true }).first().waitFor();
      });
      expect((await told(trace)).deliveries.find(({ id }) => id === held?.id)).toMatchObject({ state: 'abandoned', may: ['replay'] });
      expect((await told(trace)).timeline.find(({ delivery, by }) => delivery === held?.id && by === 'operator')).toMatchObject({ why: reason });
      expect(await stored(suite())).toBe(before);
    }, manyMs);

    test('a quarantined message is planned again: its deliveries are made', async () => {
      const { gateway } = suite();
      const { messages: [one] } = await gateway.ask<{ messages: { trace: string }[] }>(gateway.people.operator, 'POST', '/api/messages/search', { kind: 'control', value: quarantinedId });
      const trace = one?.trace ?? '';
      expect((await told(trace)).message.disposition).toBe('quarantined');
      await as(suite(), 'operator', '/held', async (page) => {
        const row = page.getByRole('table', { name: 'Messages en quarantaine' }).locator(`a[href="/messages/${trace}"]`);
        await row.waitFor();
        const name = await row.textContent() ?? '';
        for (let step = 0; step < 250 && await page.evaluate('document.activeElement.getAttribute("href")') !== `/messages/${trace}`; step++) await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
        await page.keyboard.press('Enter');
        await page.locator('dl.facts').waitFor();
        await press(page, /^Planifier de nouveau$/);
        await confirm(page, /^Planifier de nouveau$/);
        await page.getByText('planifié', { exact: true }).first().waitFor();
      });
      const after = await until(() => told(trace), ({ deliveries }) => deliveries.some(({ destination, state }) => destination === 'region' && state === 'delivered'), 'delivered');
      expect(after.message.disposition).toBe('planned');
      expect(after.timeline.find(({ by }) => by === 'operator')).toMatchObject({ why: reason });
    }, manyMs);

    test('a correction is sent once whom it goes to was seen: a marked copy, each naming the other', async () => {
      const trace = await sent(suite().gateway, result('CORRECT1'), 'CORRECT1');
      await until(() => told(trace), ({ deliveries }) => deliveries.some(({ state }) => state === 'delivered'), 'delivered');
      let copy = '';
      await as(suite(), 'operator', `/messages/${trace}`, async (page) => {
        await edit(page, result('CORRECT1').replace('||10.2|', '||10.4|'));
        const dialog = page.getByRole('dialog');
        await dialog.locator('[data-trial]').getByText('mssante').or(dialog.locator('[data-trial]').getByText('region')).first().waitFor();
        expect(await dialog.locator('[data-trial] [role=row]').count()).toBeGreaterThan(1);
        // Another text than the one that was tried cannot be sent.
        await page.keyboard.press('Shift+Tab');
        for (let step = 0; step < 40 && await tag(page) !== 'TEXTAREA'; step++) await page.keyboard.press('Tab');
        await dialog.getByLabel('Message corrigé').press('Control+End');
        await page.keyboard.insertText('NTE|1||relu');
        await dialog.locator('[data-trial]').waitFor({ state: 'detached' });
        expect(await dialog.getByRole('button', { name: 'Corriger et renvoyer' }).isDisabled()).toBe(true);
        await press(page, /^Voir à qui elle partirait$/);
        await dialog.locator('[data-trial]').waitFor();
        await confirm(page, /^Corriger et renvoyer$/);
        await page.getByText('Copie corrigée par une personne du message').waitFor();
        copy = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      });
      expect([(await told(trace)).correctedBy, (await told(copy)).corrects]).toEqual([[copy], trace]);
      expect(await moment(trace, 'corrected')).toMatchObject({ by: 'operator', why: reason });
      await until(() => told(copy), ({ deliveries }) => deliveries.some(({ destination, state }) => destination === 'region' && state === 'delivered'), 'the copy delivered');
    }, manyMs);

    test('a correction that names another patient waits for somebody else, who reads what changes and whom it goes to, and approves', async () => {
      const trace = await sent(suite().gateway, result('CORRECT2'), 'CORRECT2');
      await until(() => told(trace), ({ deliveries }) => deliveries.some(({ state }) => state === 'delivered'), 'delivered');
      const before = await stored(suite());
      await as(suite(), 'operator', `/messages/${trace}`, async (page) => {
        await edit(page, result('CORRECT2').replaceAll('0007421', '0007499'));
        await page.getByText('La copie porte un autre patient que l’original').waitFor();
        await page.getByText('Une autre personne devra l’approuver').waitFor();
        await confirm(page, /^Corriger et renvoyer$/);
        await page.locator('h1', { hasText: 'Retenus' }).waitFor();
        await press(page, /^Relire /);
        await confirmStep(page, /^Relire$/);
        await page.getByText('C’est votre correction : une autre personne doit l’approuver.').waitFor();
        expect(await page.getByRole('dialog').getByRole('button', { name: 'Approuver et envoyer' }).isDisabled()).toBe(true);
      });
      expect([(await told(trace)).correctedBy, await stored(suite())]).toEqual([[], before]);
      await as(suite(), 'administrator', '/held', async (page) => {
        await press(page, /^Relire /);
        await confirmStep(page, /^Relire$/);
        const dialog = page.getByRole('dialog');
        await dialog.locator('[data-change]').waitFor();
        expect(await dialog.locator('[data-change] pre').allTextContents()).toEqual([expect.stringContaining('0007421'), expect.stringContaining('0007499')]);
        await dialog.locator('[data-trial]').getByText('region').first().waitFor();
        await accessible(page);
        await press(page, /^Approuver et envoyer$/);
        await dialog.waitFor({ state: 'detached' });
        await page.locator('[data-said]', { hasText: 'Approuver une correction' }).waitFor();
      });
      const { correctedBy: [copy = ''] } = await told(trace);
      expect(await told(copy)).toMatchObject({ corrects: trace });
      expect(await moment(trace, 'corrected')).toMatchObject({ by: `operator, ${suite().gateway.admin.account}` });
      // Both looks at the content are told, with their reason.
      expect((await told(trace)).looked.map(({ by }) => by)).toEqual(expect.arrayContaining(['operator', suite().gateway.admin.account]));
    }, manyMs);
  });
}

/** Reveals a message's content, opens its correction, writes a text and sees whom it would go to. */
async function edit(page: Page, text: string): Promise<void> {
  await page.locator('dl.facts').waitFor();
  await press(page, /^Voir le contenu$/);
  await confirm(page, /^Voir le contenu$/);
  await page.locator('.sides').waitFor();
  await press(page, /^Corriger et renvoyer$/);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Message corrigé').waitFor();
  expect(await dialog.getByRole('button', { name: 'Corriger et renvoyer' }).isDisabled()).toBe(true);
  for (let step = 0; step < 40 && await page.evaluate('document.activeElement.labels?.[0]?.textContent ?? ""') !== 'Message corrigé'; step++) await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text.replaceAll('\r', '\n'));
  await press(page, /^Voir à qui elle partirait$/);
  await dialog.locator('[data-trial]').waitFor();
}

/** A dialog's step that leads to its next one. */
async function confirmStep(page: Page, button: RegExp): Promise<void> {
  await page.getByRole('dialog').waitFor();
  await until(() => tag(page), (name) => name === 'TEXTAREA', 'the reason has the focus');
  await page.keyboard.type(reason);
  await press(page, button);
  await page.getByRole('dialog').locator('[data-trial]').waitFor();
}
