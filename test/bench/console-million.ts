// npm run bench -- --only browser, or node test/bench/console-million.ts [--messages N] [--json]: a journal of 1 000 000 messages in a real
// browser (issue 6: rows in sight at most 1 s after the navigation, a search by key answered in at most 100 ms, a bounded page).
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { keyRingOf } from '../../src/compose/keys.ts';
import { ensureConsole } from '../../src/operate/console/ensure.ts';
import { chromiumPath, openBrowser } from '../console/browser.ts';
import { benchConsole } from './console-gateway.ts';
import { seedMillion } from './million.ts';
import { median, type Row } from './table.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } } });
const messages = Number(values.messages);
const mostMs = { page: 1000, search: 100 }, times = 5, screens = 60, mostRows = 80;

if (chromiumPath === null) throw new Error('needs Chromium (.ci/setup)');
await ensureConsole(() => undefined);
const gateway = await benchConsole((config) => seedMillion({ folder: config.data, keys: keyRingOf(config), messages, start: Date.now() - messages * 100, waiting: 0 }));
const browser = await openBrowser(chromiumPath);

/** A browser that was never here: nothing cached. */
async function fresh(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: gateway.address });
  const { name, value } = gateway.people.operator.cookie;
  await context.addCookies([{ name, value, url: gateway.address }]);
  return context.newPage();
}
/** Since the navigation, in the page's own clock: when the first rows stand in it. */
const rowsAt = '(() => new Promise((done) => { const look = () => { if (document.querySelectorAll(".virtual-body [role=row]").length > 5) requestAnimationFrame(() => done(performance.now())); else requestAnimationFrame(look); }; look(); }))()';

try {
  const cold: number[] = [], warm: number[] = [], answers: number[] = [], shown: number[] = [];
  for (let time = 0; time < times; time++) {
    const page = await fresh();
    await page.goto('/messages', { waitUntil: 'commit' });
    cold.push(await page.evaluate<number>(rowsAt));
    await page.goto('/messages', { waitUntil: 'commit' });
    warm.push(await page.evaluate<number>(rowsAt));
    await page.getByLabel('Chercher par').selectOption('patient');
    await page.getByLabel('Valeur').fill('P7');
    const answered = page.waitForResponse((one) => one.url().endsWith('/api/messages/search'));
    const began = performance.now();
    await page.keyboard.press('Enter');
    const response = await answered;
    await response.finished();
    answers.push(response.request().timing().responseEnd);
    await page.getByText(/message\(s\)/).waitFor();
    shown.push(performance.now() - began);
    await page.context().close();
  }
  const page = await fresh();
  await page.goto('/messages');
  await page.locator('.virtual-body [role=row]').first().waitFor();
  let [rows, nodes] = [0, 0];
  for (let screen = 0; screen < screens; screen++) {
    await page.evaluate('(() => { const list = document.querySelector(".virtual"); list.scrollTop = list.scrollHeight; })()');
    await page.waitForTimeout(60);
    const [drawn = 0, all = 0] = await page.evaluate<number[]>('[document.querySelectorAll(".virtual-body [role=row]").length, document.getElementsByTagName("*").length]');
    rows = Math.max(rows, drawn);
    nodes = Math.max(nodes, all);
  }
  const loaded = Number(await page.locator('.virtual [role=table]').getAttribute('aria-rowcount')) - 1;
  const said = (name: string, of: readonly number[]): string => `${name} ${median(of).toFixed(0)} ms (worst ${Math.max(...of).toFixed(0)})`;
  if (values.json) console.log(JSON.stringify({ line: 'browser', connections: 1, ratio: Math.max(...cold, ...warm) <= mostMs.page && Math.max(...answers) <= mostMs.search && rows <= mostRows ? 1 : 0, perSecond: 0, floorPerSecond: null, p99: Math.max(...cold, ...warm), floorP99: null, cpuMs: 0, rssMb: 0, diskKb: 0 } satisfies Row));
  else console.log(`${String(messages)} messages, ${String(times)} times: ${said('rows in sight, nothing cached', cold)}; ${said('again', warm)}; ${said('search answered', answers)}; ${said('search shown', shown)}; ${String(screens)} screens down: ${String(loaded)} rows loaded, at most ${String(rows)} rows and ${String(nodes)} elements in the page`);
  if (Math.max(...cold, ...warm) > mostMs.page || Math.max(...answers) > mostMs.search || rows > mostRows) process.exitCode = 1;
} finally { await browser.close(); await gateway.stop(); }
