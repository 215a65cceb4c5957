// npm run bench -- --only live-tail, or node test/bench/console-live.ts [--rate 200] [--seconds 22] [--json]: the Messages page followed
// live in a real browser while messages come in; the longest time between two animation frames (issue 6: never 1 s).
import { parseArgs } from 'node:util';
import { ensureConsole } from '../../src/operate/console/ensure.ts';
import { chromiumPath, openBrowser } from '../console/browser.ts';
import { benchConsole, load } from './console-gateway.ts';
import type { Row } from './table.ts';

const { values } = parseArgs({ options: { rate: { type: 'string', default: '200' }, seconds: { type: 'string', default: '22' }, json: { type: 'boolean', default: false } } });
const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
const frameMs = 1000 / 60, mostMs = 1000;

interface Frames { readonly count: number; readonly longest: number; readonly late: number; readonly rows: number; readonly nodes: number; readonly seconds: number; readonly kept: string }
/** Counts frames from now on; the DOM is looked at twice a second. */
const record = `(() => {
  const seen = { count: 0, longest: 0, late: 0, rows: 0, nodes: 0, began: performance.now() };
  let last = performance.now();
  const next = () => { const now = performance.now(); const gap = now - last; last = now; seen.count++; if (gap > seen.longest) seen.longest = gap; if (gap > 100) seen.late++; requestAnimationFrame(next); };
  requestAnimationFrame(next);
  setInterval(() => { seen.rows = Math.max(seen.rows, document.querySelectorAll('.virtual-body [role=row]').length); seen.nodes = Math.max(seen.nodes, document.getElementsByTagName('*').length); }, 500);
  window.framesSeen = seen;
})()`;
const read = '(() => ({ ...window.framesSeen, longest: Math.max(window.framesSeen.longest, 0), seconds: (performance.now() - window.framesSeen.began) / 1000, kept: document.querySelector("[data-kind=live] [role=table]").getAttribute("aria-rowcount") }))()';

if (chromiumPath === null) throw new Error('needs Chromium (.ci/setup)');
await ensureConsole(() => undefined);
const gateway = await benchConsole();
const browser = await openBrowser(chromiumPath);
try {
  // Compiled, as in service.
  await load(gateway, { seconds: 8, connections: 8, letter: 'W' });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: gateway.address });
  const { name, value } = gateway.people.operator.cookie;
  await context.addCookies([{ name, value, url: gateway.address }]);
  const page = await context.newPage();
  await page.goto('/messages?live=1');
  await page.getByText('Suit ce qui passe.').waitFor();
  const loading = load(gateway, { seconds: seconds + 3, connections: 8, rate, letter: 'L' });
  await page.locator('[data-kind=live] .virtual-body [role=row]').first().waitFor();
  await page.evaluate(record);
  await page.waitForTimeout(seconds * 1000);
  const frames = await page.evaluate<Frames>(read);
  const loaded = await loading;
  const codes = Object.entries(loaded.codes).map(([code, count]) => `${String(count)} ${code}`).join(', ');
  if (values.json) console.log(JSON.stringify({ line: 'live-tail', connections: 1, ratio: frames.longest < mostMs ? 1 : 0, perSecond: loaded.perSecond, floorPerSecond: null, p99: frames.longest, floorP99: frameMs, cpuMs: 0, rssMb: 0, diskKb: 0 } satisfies Row));
  else console.log(`live tail: ${loaded.perSecond.toFixed(0)} messages/s (${codes}), ${frames.seconds.toFixed(1)} s watched: ${(frames.count / frames.seconds).toFixed(1)} frames/s, longest gap ${frames.longest.toFixed(0)} ms, ${String(frames.late)} gaps over 100 ms; at most ${String(frames.rows)} rows drawn and ${String(frames.nodes)} elements, ${String(Number(frames.kept) - 1)} rows kept`);
  if (frames.longest >= mostMs || Math.abs(loaded.perSecond - rate) > rate / 20) process.exitCode = 1;
} finally { await browser.close(); await gateway.stop(); }
