import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureConsole } from '../../src/operate/console/ensure.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { fill } from './filled.ts';
import { consoleGateway } from './gateway.ts';
import { pageCases } from './pages.ts';
import { addressOf, contextOf, openPage, type Look, type Suite } from './contexts.ts';

// `npm run screens`: every page as it is on a real gateway with fictive messages, for docs/screens. Not a test: times and numbers differ at each run.

const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const settleMs = 400;
const looks: readonly (readonly [string, Look])[] = [['', {}], ['-phone', { width: 375, dark: true, language: 'en' }]];

if (chromiumPath === null) throw new Error('needs Chromium (.ci/setup)');
await ensureConsole(() => { console.log('building the console…'); });
const gateway = await consoleGateway();
const browser = await openBrowser(chromiumPath);
try {
  const suite: Suite = { gateway, browser, filled: await fill(gateway) };
  mkdirSync(folder, { recursive: true });
  const names: string[] = [];
  const shoot = async (page: Awaited<ReturnType<typeof openPage>>['page'], name: string): Promise<void> => { await page.waitForTimeout(settleMs); await page.screenshot({ path: `${folder}${name}.png` }); names.push(name); };
  for (const [suffix, look] of looks) {
    const nobody = await contextOf(suite, null, look);
    const { page: first } = await openPage(nobody);
    await first.goto('/');
    await first.locator('input[name=account]').waitFor();
    await shoot(first, `login${suffix}`);
    await nobody.close();
    const context = await contextOf(suite, 'administrator', look);
    const { page } = await openPage(context);
    for (const one of pageCases) {
      await page.goto(addressOf(suite, one));
      await page.locator(one.ready).first().waitFor();
      await shoot(page, `${one.name}${suffix}`);
    }
    if (suffix === '') {
      await page.goto(`/messages/${suite.filled.trace}`);
      await page.getByRole('button', { name: 'Voir le contenu' }).click();
      await page.getByLabel('Motif').fill('capture pour la documentation');
      await shoot(page, 'reveal-dialog');
      await page.getByRole('dialog').getByRole('button', { name: 'Voir le contenu' }).click();
      await page.locator('[data-path$=".birthDate"]').first().hover();
      await page.locator('.sides').scrollIntoViewIfNeeded();
      await shoot(page, 'revealed');
      await page.getByRole('button', { name: 'Corriger et renvoyer' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Voir à qui elle partirait' }).click();
      await page.getByRole('dialog').locator('[data-trial]').waitFor();
      await shoot(page, 'correction-trial');
    }
    await context.close();
  }
  writeFileSync(`${folder}README.md`, `# Screens of the console\n\nMade by \`npm run screens\` on a gateway with the sample configuration and fictive patients.\n\n${names.map((name) => `## ${name}\n\n![${name}](${name}.png)\n`).join('\n')}`);
} finally {
  await browser.close();
  await gateway.stop();
}
