// npm run bench -- --only mail, or node test/bench/mail.ts [--mails N] [--rounds N] [--json]: mails of 200 KB through the connector, against a bare nodemailer pool that
// sends as many bytes in as many mails over as many connections to the same operator (issue 5: at most 1.5 times, memory flat).
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { open } from '../../connectors/mssante/connector.ts';
import type { FrozenMail } from '../../connectors/mssante/mail.ts';
import { mimeOf } from '../../connectors/mssante/mime.ts';
import type { Sending } from '../../src/deliver/connector.ts';
import { contextOptions } from '../../src/net/tls.ts';
import { cdaOf, certificates, sendingTo, settings } from '../samples/mss.ts';
import { median, type Row } from './table.ts';

const { values } = parseArgs({ options: { mails: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } } });
const [mails, rounds] = [Number(values.mails), Number(values.rounds)];
const pdfBytes = 72_000;
const inHand = 2;

const shown = certificates();
const operator = fork(fileURLToPath(new URL('mail-operator.ts', import.meta.url)));
const told = <T>(): Promise<T> => new Promise((resolve) => { operator.once('message', (answer) => { resolve(answer as T); }); });
operator.send(shown.server);
const { port } = await told<{ port: number }>();
const config = settings({ port, tls: shown.tls, limits: { connections: inHand, perSecond: 1000 } });

const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(pdfBytes)]).toString('base64');
const cda = cdaOf(1, (xml) => xml.replace(/(representation="B64">)[^<]*/, `$1${pdf}`));
const sendings: readonly Sending[] = Array.from({ length: mails }, (_, n) => sendingTo(config, [cda], n, { to: `r${String(n)}@x.mssante.test` }));
const [first] = sendings;
if (first === undefined) throw new Error('no mail to send');
const frozen = JSON.parse(Buffer.from(await first.body(0)).toString()) as FrozenMail;
const whole = await mimeOf(frozen, [await first.body(1)], false);
const attachment = Buffer.from(cda).subarray(0, Math.round((whole.length - 4000) * 0.73 / 2));

interface Round { /** For all, ms. */ readonly elapsed: number; /** 99 in a hundred took no longer, ms. */ readonly p99: number; /** Of this process, ms a mail. */ readonly cpuMs: number }

/** So many at a time, each one after another. */
async function all(send: (n: number) => Promise<void>): Promise<Round> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const took: number[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: inHand }, async () => { for (let n = next++; n < mails; n = next++) { const at = performance.now(); await send(n); took.push(performance.now() - at); } }));
  const { user, system } = process.cpuUsage(cpu);
  return { elapsed: performance.now() - started, p99: took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0, cpuMs: (user + system) / 1000 / mails };
}

async function ours(): Promise<Round> {
  const connector = open(config, { clock: Date.now, ids: () => '', destination: 'mssante' });
  try {
    return await all(async (n) => {
      const receipt = await connector.send(sendings[n] ?? first!, AbortSignal.timeout(60_000));
      if (receipt.kind !== 'submitted') throw new Error(JSON.stringify(receipt));
    });
  } finally { await connector.close(); }
}
async function bare(): Promise<Round> {
  const pool = createTransport({ pool: true, host: '127.0.0.1', port, requireTLS: true, maxConnections: inHand, maxMessages: 100, tls: contextOptions({ ...shown.tls, mutual: true }, 'bench') });
  try {
    return await all(async (n) => {
      await pool.sendMail({ from: config.from, to: `r${String(n)}@x.mssante.test`, subject: frozen.subject, text: frozen.text, attachments: [{ filename: 'IHE_XDM.zip', content: attachment }, { filename: 'copie.pdf', content: attachment }] });
    });
  } finally { pool.close(); }
}

async function arrived(): Promise<void> {
  const answer = told<{ arrivals: number }>();
  operator.send('count');
  const { arrivals } = await answer;
  if (arrivals !== mails) throw new Error(`${String(arrivals)} arrived of ${String(mails)}`);
}

const pairs: { bare: Round; ours: Round }[] = [];
const rss: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const floor = await bare();
  await arrived();
  const made = await ours();
  await arrived();
  // The first one warms up.
  if (round > 0) pairs.push({ bare: floor, ours: made });
  rss.push(process.memoryUsage.rss() / 2 ** 20);
}
const of = (pick: (pair: { bare: Round; ours: Round }) => number): number => median(pairs.map(pick));
const line: Row = {
  line: 'mail', connections: inHand, ratio: of((one) => one.bare.elapsed / one.ours.elapsed), perSecond: of((one) => mails / one.ours.elapsed * 1000), floorPerSecond: of((one) => mails / one.bare.elapsed * 1000),
  p99: of((one) => one.ours.p99), floorP99: of((one) => one.bare.p99), cpuMs: of((one) => one.ours.cpuMs), rssMb: Math.max(...rss), diskKb: 0,
};
if (values.json) console.log(JSON.stringify(line));
else console.log(`mail: ${String(mails)} mails of ${(whole.length / 1000).toFixed(0)} KB, ${String(inHand)} connections, ${String(rounds)} rounds: ${(1 / line.ratio).toFixed(2)} × a bare pool (${(1000 / line.perSecond).toFixed(1)} ms a mail against ${(1000 / (line.floorPerSecond ?? 1)).toFixed(1)}); RSS after each round ${rss.map((one) => one.toFixed(0)).join(', ')} MiB`);
operator.disconnect();
shown.remove();
