import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHl7v2Simulator, type Hl7v2Simulator } from '../../connectors/hl7v2/simulator.ts';
import { startMssSimulator, type MssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import type { Control } from '../../src/operate/control/control.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { certificates } from '../samples/mss.ts';
import { toldIn } from '../canary.ts';
import { live, type Life } from './life.ts';
import { mailMessageOf } from './messages.ts';
import { said, writeMailSettings } from './mail.ts';
import { seeded } from './random.ts';

export interface MailboxCampaign {
  readonly violations: readonly string[];
  /** Lives ended once a plan was durable, with its notice still in the mailbox; lives ended at any time while notices came. */
  readonly kills: { readonly planned: number; readonly random: number };
  readonly messages: number;
  /** Files put in the mailbox, and those that were the very same notice again. */
  readonly notices: number;
  readonly again: number;
}

const after = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });
async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<string[]> {
  for (const end = Date.now() + withinMs; Date.now() < end;) { if (await holds()) return []; await after(50); }
  return [`${what} did not come`];
}
const waitingIn = (folder: string): number => readdirSync(folder).filter((name) => name.endsWith('.eml')).length;
const reading = (text: string): string => text.replace(/(ACK_LECTURE_MSS\^[^|]*\|\|)N/, '$1Y');

/** What comes back of each mail: the doctor's software has it, the patient has no such mailbox. The same notice may come twice. */
class Notices {
  readonly #operator: MssSimulator;
  readonly #answered = new Set<string>();
  written = 0;
  again = 0;
  constructor(operator: MssSimulator) { this.#operator = operator; }

  /** Of every mail that came and has none yet. */
  send(random: () => number): void {
    for (const mail of this.#operator.received) {
      if (this.#answered.has(mail.messageId)) continue;
      this.#answered.add(mail.messageId);
      const toPatient = mail.envelope.recipients.some(({ address }) => address.includes('@patient.'));
      for (const kind of toPatient ? ['patient-unknown'] as const : ['dsn-relayed', 'mdn-processed'] as const) {
        const twice = random() < 0.3;
        this.#operator.notify(kind, mail, { twice });
        this.written += twice ? 2 : 1;
        if (twice) this.again += 1;
      }
    }
  }
}

/** What the laboratory was told of each mailbox for each result, each ZAM once: `Z02 Y`. */
function told({ taken }: Hl7v2Simulator): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { bytes } of taken.values()) {
    const text = bytes.toString('latin1');
    const [, event = ''] = /ZAM\^(Z0\d)/.exec(text) ?? [];
    const [, about = '', answer = ''] = /OBX\|1\|CWE\|[^|]*\|([^|]*)\|([YN])/.exec(text) ?? [];
    const key = `${/X\.400\^([^|~\r]*)/.exec(text)?.[1] ?? ''} ${about}`;
    found.set(key, [...found.get(key) ?? [], `${event} ${answer}`]);
  }
  return found;
}

async function judged(control: Control, messages: number): Promise<string[]> {
  const problems: string[] = [...await control.verify()];
  const { messages: counted, deliveries } = await control.counts();
  if (counted.pipeline + counted.quarantined + deliveries.waiting + deliveries.submitted + deliveries.held > 0) problems.push(`not at rest: ${JSON.stringify({ counted, deliveries })}`);
  const results = await control.list({ type: 'ORU^R01' }, 10_000);
  if (results.length !== messages) problems.push(`${String(results.length)} results for ${String(messages)} sent`);
  for (const { seq } of results) {
    const rows = (await control.show(String(seq)))?.deliveries.filter(({ destination }) => destination === 'mssante').map(({ state, reason }) => `${state} ${reason}`).sort() ?? [];
    if (rows.join() !== 'delivered notice.processed,refused notice.failed') problems.push(`${String(seq)}: ${rows.join(', ')}`);
  }
  return problems;
}

/**
 * Lives that are ended while notices are taken from the mailbox, half of them exactly between a notice's commit and its file's
 * moving away: at the end every notice is in the journal and out of the mailbox, each mail ended as its notices say, and the
 * laboratory was told of each once.
 */
export async function mailboxCampaign({ times, seed, progress = () => undefined }: { readonly times: number; readonly seed: number; readonly progress?: (text: string) => void }): Promise<MailboxCampaign> {
  const random = seeded(seed);
  const shown = certificates();
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-crash-mailbox-'));
  const box = join(folder, 'bal');
  mkdirSync(box);
  const operator = await startMssSimulator({ tls: shown.server, notices: { folder: box } });
  const laboratory = await startHl7v2Simulator();
  const config = writeMailSettings(folder, operator.ports.starttls, shown, { box: './bal', laboratory: laboratory.url });
  const notices = new Notices(operator);
  const problems: string[] = [];
  const kills = { planned: 0, random: 0 };
  let messages = 0;
  const log = join(folder, 'gateway.log');
  /** One life: a result, its mails, their notices, and its end. */
  const one = async (life: Life, planned: boolean): Promise<void> => {
    const stuck = { is: false };
    const end = setTimeout(() => { stuck.is = true; life.kill('SIGKILL'); }, 20_000);
    messages += 1;
    await Promise.race([said(life.port, reading(mailMessageOf(messages, messages))), life.ended]);
    const due = messages * 2;
    await Promise.race([until('mails', () => new Set(operator.received.map(({ messageId }) => messageId)).size >= due, 5000), life.ended]);
    notices.send(random);
    if (!planned) { await after(Math.floor(random() * 250)); life.kill('SIGKILL'); kills.random += 1; }
    await life.ended;
    clearTimeout(end);
    if (planned && !stuck.is) kills.planned += 1;
  };
  try {
    for (let n = 0; n < times; n++) {
      const planned = n % 2 === 0;
      // The result's own plan is passed first, then those of what was left in the mailbox and of the new notices.
      const life = await live({ config, log, control: null, ...(planned ? { at: 'after-plan', after: 2 + Math.floor(random() * 3) } : {}) });
      if ('port' in life) await one(life, planned); else kills.planned += 1;
      progress(`${String(n + 1)} of ${String(times)} lives, ${String(notices.written)} notices`);
    }
    const last = await live({ config, log, control: null });
    if (!('port' in last)) throw new Error('the last life ended before it listened');
    // What the killed lives never acknowledged is sent again, as a sender does.
    for (let n = 1; n <= messages; n++) await said(last.port, reading(mailMessageOf(n, n)));
    problems.push(...await until('every mail', () => new Set(operator.received.map(({ messageId }) => messageId)).size === messages * 2));
    notices.send(random);
    problems.push(...await until('an empty mailbox', () => waitingIn(box) === 0));
    problems.push(...await until('every acknowledgement', () => laboratory.taken.size >= messages * 3));
    await after(500);
    if (laboratory.taken.size !== messages * 3) problems.push(`${String(laboratory.taken.size)} acknowledgements for ${String(messages)} results`);
    for (const [mailbox, words] of told(laboratory)) {
      const wanted = mailbox.includes('@patient.') ? 'Z02 N' : 'Z02 Y,Z03 Y';
      if ([...words].sort().join() !== wanted) problems.push(`told of a mailbox: ${words.join()}`);
    }
    const settled = readdirSync(join(box, 'done')).length;
    if (settled !== notices.written) problems.push(`${String(settled)} notices settled of ${String(notices.written)}`);
    const asked = await askControl(join(folder, 'data'));
    if (asked === null) throw new Error('the last life has no control socket');
    try {
      problems.push(...await judged(asked.control, messages));
      const kept = await asked.control.list({ source: 'bal' }, 100_000);
      const applied = kept.filter(({ disposition }) => disposition === 'consumed').length;
      if (applied !== notices.written - notices.again) problems.push(`${String(applied)} notices applied of ${String(notices.written - notices.again)}`);
    } finally { asked.close(); }
    last.kill('SIGTERM');
    const how = await last.ended;
    if (how !== '0') problems.push(`the last life ended with ${how}: ${last.said()}`);
  } finally {
    await operator.close();
    await laboratory.close();
    shown.remove();
    problems.push(...toldIn(folder, ['keys', 'bal']));
    rmSync(folder, { recursive: true, force: true });
  }
  return { violations: problems, kills, messages, notices: notices.written, again: notices.again };
}
