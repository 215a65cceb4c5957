import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askControl } from '../../src/operate/control/socket.ts';
import { MllpPeer } from '../mllp-peer.ts';
import { startDmpSample } from '../samples/dmp.ts';
import { toldIn } from '../canary.ts';
import { startLossy } from './lossy.ts';
import { live, type Life } from './life.ts';
import { messageOf } from './messages.ts';

export interface RecordOptions {
  /** Documents, each stored by the DMP and its answer lost. */
  readonly times: number;
  /** Every so many of them the gateway is killed at that very moment. */
  readonly killEvery: number;
  readonly progress?: (text: string) => void;
}
/** What a campaign on the record shows; `lookups` are questions seen after an answer was lost. */
export interface RecordShown { readonly violations: readonly string[]; readonly lost: number; readonly kills: number; readonly lookups: number }

const documentRoot = '1.2.250.1.999.1.1.77';
const impatient = { attemptMs: 5000, evidenceMs: 100, backoff: { firstMs: 20, maxMs: 200 }, breaker: { failures: 8, probeMs: 100 } };

function writeConfig(folder: string, settings: Readonly<Record<string, unknown>>): string {
  mkdirSync(join(folder, 'keys'), { recursive: true });
  const file = join(folder, 'passerelle.yaml');
  writeFileSync(file, JSON.stringify({
    version: 1, language: 'en', data: './data', keys: { file: './keys/ring' }, minFreeMiB: 0, listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }],
    sources: [{ id: 'laboratory', organisation: 'Crash test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'] }],
    destinations: [{ id: 'dmp', system: 'dmp', ...impatient, settings }], rules: [], tests: [],
  }));
  return file;
}

/** Every delivery of this journal has ended. */
async function drained(data: string, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    const asked = await askControl(data);
    if (asked !== null) {
      try {
        const { messages, deliveries } = await asked.control.counts();
        if (messages.pipeline + deliveries.waiting === 0) return true;
      } finally { asked.close(); }
    }
    await new Promise((wake) => { setTimeout(wake, 50); });
  }
  return false;
}

/** ITI-41 by the true connector: its success lost before the answer, again and again, the gateway killed now and then. */
export async function recordCampaign({ times, killEvery, progress = () => undefined }: RecordOptions): Promise<RecordShown> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-record-'));
  const sample = await startDmpSample({}, null);
  const { simulator, settings } = sample;
  const lossy = await startLossy(Number(new URL(simulator.url).port), 16_384);
  const config = writeConfig(folder, { ...settings, baseUrl: simulator.url.replace(/:\d+\//, `:${String(lossy.port)}/`) });
  const start = async (): Promise<Life> => {
    const life = await live({ config, log: join(folder, 'log'), control: null, env: { CRASH_DMP: 'true' } });
    if (!('port' in life)) throw new Error('the gateway ended before it listened');
    return life;
  };
  const violations: string[] = [];
  let [lost, kills, lookups] = [0, 0, 0];
  let life = await start();
  try {
    for (let n = 1; n <= times; n++) {
      const kill = n % killEvery === 0;
      const losing = new Promise<void>((resolve) => {
        let once = false;
        lossy.onAnswer = () => {
          if (once) return 'pass';
          once = true;
          lost += 1;
          if (kill) { kills += 1; life.kill('SIGKILL'); }
          resolve();
          return 'lose';
        };
      });
      const peer = new MllpPeer(life.port);
      peer.write(Buffer.from(`\x0b${messageOf(n, n, 'document').text}\x1c\r`));
      const [answer = 'nothing'] = await peer.got(1);
      peer.close();
      if (!answer.startsWith('AA')) throw new Error(`document ${String(n)} was answered ${answer}`);
      await losing;
      if (kill) { await life.ended; life = await start(); }
      if (!await drained(join(folder, 'data'), 30_000)) violations.push(`${String(n)}: not drained`);
      const uniqueId = `${documentRoot}.${String(n)}`;
      const about = simulator.arrived().filter(({ body }) => body.includes(`${uniqueId}"`) || body.includes(`'${uniqueId}'`)).map(({ transaction }) => transaction);
      const sent = about.filter((one) => one === 'TD2.1').length;
      const asked = about.filter((one) => one === 'TD3.1b').length;
      lookups += asked;
      if (sent !== 1) violations.push(`${uniqueId}: sent ${String(sent)} times`);
      if (asked === 0) violations.push(`${uniqueId}: never looked up`);
      const entries = simulator.entries().filter((one) => one.uniqueId === uniqueId).length;
      if (entries !== 1) violations.push(`${uniqueId}: ${String(entries)} entries in the record`);
      progress(`${String(n)}/${String(times)}${kill ? ' killed' : ''}`);
    }
    const { stored, duplicates } = simulator.report();
    if (stored.documents !== times || stored.lots !== times) violations.push(`the record holds ${JSON.stringify(stored)} of ${String(times)} documents`);
    if (duplicates.length > 0) violations.push(`twice in the record: ${duplicates.join(' ')}`);
    const asked = await askControl(join(folder, 'data'));
    const counts = await asked?.control.counts();
    asked?.close();
    if (counts?.deliveries.delivered !== times) violations.push(`deliveries: ${JSON.stringify(counts?.deliveries)}`);
    life.kill('SIGTERM');
    const how = await life.ended;
    if (how !== '0') violations.push(`the gateway ended with ${how}: ${life.said()}`);
  } finally {
    life.kill('SIGKILL');
    await lossy.close();
    await sample.close();
    violations.push(...toldIn(folder, ['keys']));
    if (violations.length === 0) rmSync(folder, { recursive: true, force: true });
  }
  return { violations, lost, kills, lookups };
}
