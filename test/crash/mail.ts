import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { certificates, type TestCertificates } from '../samples/mss.ts';
import { toldIn } from '../canary.ts';
import { live } from './life.ts';
import { mailMessageOf } from './messages.ts';

export interface MailCampaign {
  readonly violations: readonly string[];
  /** Lives ended between a mail's final dot and its 250. */
  readonly kills: number;
  readonly messages: number;
  readonly mails: number;
  /** Copies under a Message-ID that had come before, all flagged when nothing is wrong. */
  readonly copies: number;
}

const flag = /^X-Passerelle-Possible-Duplicate: true\r$/m;
const lifeMs = 20_000;
const after = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** One operator and no other partner: what is left waiting is a mail. `back`: where its notices come, and who is told of them. */
export function writeMailSettings(folder: string, port: number, shown: TestCertificates, back: { readonly box: string; readonly laboratory: string } | null = null): string {
  const file = join(folder, 'passerelle.yaml');
  mkdirSync(join(folder, 'keys'), { recursive: true });
  writeFileSync(file, JSON.stringify({
    version: 1, language: 'en', data: './data', keys: { file: './keys/ring' }, minFreeMiB: 0, crashesBeforeQuarantine: 20,
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, ...(back === null ? [] : [{ name: 'bal', kind: 'mailbox', mailbox: { source: 'bal', folder: back.box, pollMs: 100 } }])],
    sources: [
      { id: 'laboratory', organisation: 'Crash test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], ...(back === null ? {} : { answersTo: 'laboratory' }) },
      ...(back === null ? [] : [{ id: 'bal', organisation: 'Crash test', listeners: ['bal'], notices: ['mssante'], noticesFrom: ['*.mssante.test'] }]),
    ],
    destinations: [{
      id: 'mssante', system: 'mssante', concurrency: 2, attemptMs: 10_000, evidenceMs: 100, backoff: { firstMs: 20, maxMs: 200 }, breaker: { failures: 8, probeMs: 100 },
      settings: { host: '127.0.0.1', port, tls: shown.tls, from: { name: 'Crash test', address: 'labo@essai.mssante.test' }, nil: 'NIL-CRASH' },
    }, ...(back === null ? [] : [{ id: 'laboratory', system: 'hl7v2', attemptMs: 2000, backoff: { firstMs: 20, maxMs: 200 }, settings: { url: back.laboratory } }])],
    rules: [], tests: [],
  }));
  return file;
}

/** Sends a message and waits for its answer. */
export async function said(port: number, text: string): Promise<void> {
  const peer = new MllpPeer(port);
  try {
    peer.write(frame(Buffer.from(text).toString('latin1')));
    await peer.got(1);
  } finally { peer.close(); }
}

async function drained(folder: string, withinMs: number): Promise<string[]> {
  const asked = await askControl(folder);
  if (asked === null) return ['the last life has no control socket'];
  try {
    for (const end = Date.now() + withinMs; Date.now() < end;) {
      await after(50);
      const { messages, deliveries } = await asked.control.counts();
      if (messages.pipeline + deliveries.waiting === 0) return deliveries.refused + deliveries.held + deliveries.abandoned === 0 ? [] : [`not all left: ${JSON.stringify(deliveries)}`];
    }
    return [`not drained: ${JSON.stringify(await asked.control.counts())}`];
  } finally { asked.close(); }
}

/**
 * Lives that are ended once the operator has a whole mail and has not said 250 (mss.md §9.1): each mailbox must hold every
 * mail, and what it holds twice must bear the same Message-ID and say so.
 */
export async function mailCampaign({ times, progress = () => undefined }: { readonly times: number; readonly progress?: (text: string) => void }): Promise<MailCampaign> {
  const shown = certificates();
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-crash-mail-'));
  const killed = new Set<number>();
  const simulator = await startMssSimulator({ tls: shown.server });
  const config = writeMailSettings(folder, simulator.ports.starttls, shown);
  const problems: string[] = [];
  let messages = 0;
  try {
    while (killed.size < times && messages < times + 5) {
      const life = await live({ config, log: join(folder, 'gateway.log'), control: null });
      if (!('port' in life)) throw new Error('a life ended before it listened');
      // The operator keeps the next mail whole and never says 250; the life ends as soon as it is there.
      simulator.fail({ on: 'data', mode: 'drop-taken', times: 1 });
      const before = simulator.received.length;
      const watch = setInterval(() => { if (simulator.received.length > before) { killed.add(life.pid); life.kill('SIGKILL'); } }, 1);
      const late = setTimeout(() => { life.kill('SIGKILL'); }, lifeMs);
      messages += 1;
      const text = mailMessageOf(messages, messages);
      await Promise.race([said(life.port, text), life.ended]);
      await life.ended;
      clearTimeout(late);
      clearInterval(watch);
      progress(`${String(killed.size)} of ${String(times)} kills, ${String(simulator.received.length)} mails`);
    }
    const last = await live({ config, log: join(folder, 'gateway.log'), control: null });
    if (!('port' in last)) throw new Error('the last life ended before it listened');
    // What the killed lives never acknowledged is sent again, as a sender does.
    for (let n = 1; n <= messages; n++) await said(last.port, mailMessageOf(n, n));
    problems.push(...await drained(join(folder, 'data'), 60_000));
    last.kill('SIGTERM');
    const how = await last.ended;
    if (how !== '0') problems.push(`the last life ended with ${how}: ${last.said()}`);
  } finally {
    await simulator.close();
    shown.remove();
    problems.push(...toldIn(folder, ['keys']));
    rmSync(folder, { recursive: true, force: true });
  }
  const byId = new Map<string, number>();
  let copies = 0;
  for (const { messageId, raw } of simulator.received) {
    const rank = (byId.get(messageId) ?? 0) + 1;
    byId.set(messageId, rank);
    if (rank === 1) continue;
    copies += 1;
    if (!flag.test(raw.toString('latin1', 0, 4096))) problems.push(`${messageId}: copy ${String(rank)} does not say that it may be one`);
  }
  if (byId.size !== messages * 2) problems.push(`${String(byId.size)} mails for ${String(messages)} messages to two mailboxes each`);
  const broken = new Set(simulator.received.flatMap(({ verdicts }) => verdicts.filter(({ state, rule }) => state === 'broken' && rule.severity === 'error').map(({ rule }) => rule.id)));
  if (broken.size > 0) problems.push(`rules broken: ${[...broken].join(', ')}`);
  return { violations: problems, kills: killed.size, messages, mails: simulator.received.length, copies };
}
