// npm run bench -- --only consoles, or node test/bench/console-load.ts [--seconds 8] [--rounds 4] [--json]: the gateway's throughput with
// five consoles open against none (issue 6: at least 0.9). A browser on the same cores would eat what is measured, so five clients ask
// what the pages ask, as recorded from a real browser just before: each is a Now page and a Messages page followed live, together.
// Once, besides, with five real pages, which share the machine with the gateway.
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { ensureConsole } from '../../src/operate/console/ensure.ts';
import { chromiumPath, openBrowser } from '../console/browser.ts';
import type { Person } from '../console/gateway.ts';
import { benchConsole, load } from './console-gateway.ts';
import { cpuOf } from './measure.ts';
import { median, type Row } from './table.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, rounds: { type: 'string', default: '4' }, json: { type: 'boolean', default: false } } });
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
const connections = 8, consoles = 5, recordMs = 10_000, warmSeconds = 30, least = 0.9;
const watched = ['/', '/messages?live=1'];

/** A question a page asks by itself, and how often. */
interface Poll { readonly path: string; readonly everyMs: number }
interface Recorded { readonly polls: readonly Poll[]; readonly streams: readonly string[] }

if (chromiumPath === null) throw new Error('needs Chromium (.ci/setup)');
await ensureConsole(() => undefined);
const gateway = await benchConsole();
const people = [gateway.people.operator, gateway.people.viewer, gateway.people.administrator];
const personOf = (at: number): Person => people[at % people.length] ?? gateway.people.operator;

async function openPages(browser: Browser, paths: readonly string[]) {
  return Promise.all(paths.map(async (path, at) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: gateway.address });
    const { name, value } = personOf(at).cookie;
    await context.addCookies([{ name, value, url: gateway.address }]);
    const page = await context.newPage();
    const asked: { path: string; at: number }[] = [];
    page.on('request', (request) => { const { pathname, search } = new URL(request.url()); if (pathname.startsWith('/api/')) asked.push({ path: pathname + search, at: performance.now() }); });
    await page.goto(path);
    await page.locator('h1').waitFor();
    return { page, asked };
  }));
}

/** What the real pages ask while nobody touches them. */
async function recorded(browser: Browser): Promise<Recorded> {
  const pages = await openPages(browser, watched);
  await new Promise((wake) => { setTimeout(wake, recordMs); });
  const all = pages.flatMap(({ asked }) => asked);
  // What a page asks once, when it opens, is no poll.
  const polls = pages.flatMap(({ asked }) => [...Map.groupBy(asked, ({ path }) => path)]).filter(([path, asked]) => !path.includes('/live') && asked.length > 1)
    .map(([path, asked]): Poll => ({ path, everyMs: ((asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0)) / (asked.length - 1) }));
  for (const { page } of pages) await page.context().close();
  return { polls, streams: [...new Set(all.map(({ path }) => path).filter((path) => path.includes('/live')))] };
}

/** A console without a screen, until the signal. @returns what it read, bytes */
async function client({ cookie, csrf }: Person, { polls, streams }: Recorded, stop: AbortSignal): Promise<number> {
  let read = 0;
  const ask = async (path: string, accept: string): Promise<void> => {
    const response = await fetch(gateway.address + path, { headers: { cookie: `${cookie.name}=${cookie.value}`, 'x-csrf-token': csrf, 'x-passive': '1', accept, 'accept-language': 'fr' }, signal: stop });
    if (!response.ok) throw new Error(`${path}: ${String(response.status)}`);
    const body: ReadableStream<Uint8Array> | null = response.body;
    if (body !== null) for await (const chunk of body) read += chunk.length;
  };
  const ended = (error: unknown): void => { if (!stop.aborted) throw error; };
  await Promise.all([
    ...streams.map((path) => ask(path, 'text/event-stream').catch(ended)),
    ...polls.map(async ({ path, everyMs }) => { while (!stop.aborted) { await ask(path, 'application/json').catch(ended); await new Promise<void>((wake) => { const timer = setTimeout(wake, everyMs); stop.addEventListener('abort', () => { clearTimeout(timer); wake(); }, { once: true }); }); } }),
  ]);
  return read;
}

interface Run { readonly perSecond: number; readonly cpuMs: number; readonly p99: number }
let runs = 0;
/** Everything acknowledged delivered: the load's time and what drains after it. */
async function run(): Promise<Run> {
  await gateway.arrived(true);
  const [cpu, began] = [cpuOf(gateway.pid), performance.now()];
  const { acknowledged, p99 } = await load(gateway, { seconds, connections, letter: String.fromCharCode(65 + runs++) });
  let there = await gateway.arrived();
  for (const limit = performance.now() + 60_000; there < acknowledged && performance.now() < limit; there = await gateway.arrived()) await new Promise((wake) => { setTimeout(wake, 10); });
  if (there < acknowledged) throw new Error(`${String(acknowledged - there)} of ${String(acknowledged)} never arrived`);
  return { perSecond: there / ((performance.now() - began) / 1000), cpuMs: (cpuOf(gateway.pid) - cpu) / there, p99: p99 ?? 0 };
}
async function withClients(asked: Recorded): Promise<Run & { readonly read: number }> {
  const stop = new AbortController();
  const all = Promise.all(Array.from({ length: consoles }, (_, at) => client(personOf(at), asked, stop.signal)));
  const done = await run();
  stop.abort();
  const read = (await all).reduce((sum, one) => sum + one, 0);
  return { ...done, read };
}

let browser: Browser | null = await openBrowser(chromiumPath);
try {
  const asked = await recorded(browser);
  await browser.close();
  browser = null;
  if (!values.json) console.log(`recorded: ${asked.polls.map(({ path, everyMs }) => `${path} every ${(everyMs / 1000).toFixed(1)} s`).join(', ')}; ${asked.streams.join(', ')}`);
  await load(gateway, { seconds: warmSeconds, connections, letter: 'W' });
  const pairs: { without: Run; with: Run & { read: number } }[] = [];
  for (let round = 0; round < rounds; round++) {
    // In turn first and second, so that what grows with the journal weighs on both.
    if (round % 2 === 0) { const without = await run(); pairs.push({ without, with: await withClients(asked) }); } else { const other = await withClients(asked); pairs.push({ with: other, without: await run() }); }
  }
  const ratio = median(pairs.map((pair) => pair.with.perSecond / pair.without.perSecond));
  const [without, other] = [median(pairs.map((pair) => pair.without.perSecond)), median(pairs.map((pair) => pair.with.perSecond))];
  const cpu = median(pairs.map((pair) => pair.with.cpuMs));
  if (values.json) console.log(JSON.stringify({ line: 'consoles', connections, ratio, perSecond: other, floorPerSecond: without, p99: median(pairs.map((pair) => pair.with.p99)), floorP99: median(pairs.map((pair) => pair.without.p99)), cpuMs: cpu, rssMb: 0, diskKb: 0 } satisfies Row));
  else {
    console.log(`five clients: ratio ${ratio.toFixed(2)} (${pairs.map((pair) => (pair.with.perSecond / pair.without.perSecond).toFixed(2)).join(', ')}); ${other.toFixed(0)}/s with, ${without.toFixed(0)}/s without; the gateway's CPU ${cpu.toFixed(2)} ms a message with, ${median(pairs.map((pair) => pair.without.cpuMs)).toFixed(2)} without; ${(median(pairs.map((pair) => pair.with.read)) / seconds / 1000).toFixed(0)} kB/s read by the five`);
    browser = await openBrowser(chromiumPath);
    const before = await run();
    const pages = await openPages(browser, ['/messages?live=1', '/', '/messages?live=1', '/', '/messages?live=1']);
    const real = await run();
    await browser.close();
    browser = null;
    const after = await run();
    console.log(`five real pages (3 live, 2 Now; ${String(pages.length)} open) on the gateway's own cores: ratio ${(real.perSecond / ((before.perSecond + after.perSecond) / 2)).toFixed(2)}; the gateway's CPU ${real.cpuMs.toFixed(2)} ms a message, ${((before.cpuMs + after.cpuMs) / 2).toFixed(2)} without`);
  }
  if (ratio < least) process.exitCode = 1;
} finally { await browser?.close(); await gateway.stop(); }
