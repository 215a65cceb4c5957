import { finding } from '../domain/finding.ts';
import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import { isAcknowledgement, isFinal, type PlannedDelivery } from '../domain/delivery.ts';
import type { Turns } from '../domain/turns.ts';
import type { SourceSettings } from '../config/model.ts';
import { ActRefused } from '../deliver/acts.ts';
import type { Dispatcher } from '../deliver/dispatcher.ts';
import { decode, encode } from '../formats/hl7v2/charset.ts';
import { contentDigest } from '../formats/hl7v2/identify.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { identifyFrom } from '../formats/identify.ts';
import type { Accept } from '../intake/accept.ts';
import { isMailbox } from '../domain/message.ts';
import type { Journal, MessageFull } from '../journal/journal.ts';
import type { By } from '../operate/control/control.ts';
import { isCorrected } from '../operate/reading/spent.ts';
import type { Pool } from '../workers/pool.ts';
import type { PlanJob } from '../workers/jobs.ts';
import { decodePlan } from '../workers/plan-codec.ts';

export interface CorrectPorts {
  readonly journal: Journal;
  readonly pool: Pick<Pool, 'run'>;
  readonly dispatcher: Pick<Dispatcher, 'abandon'>;
  readonly accept: Accept;
  readonly sources: ReadonlyMap<string, SourceSettings>;
  readonly clock: () => number;
  readonly inTurn: Turns;
}
/** A correction that was tried: the deliveries its copy would have, of which `closes` are those of the original that it makes needless. */
export interface CorrectionTried { readonly deliveries: readonly PlannedDelivery[]; readonly closes: readonly { readonly id: number; readonly destination: string }[]; readonly otherPerson: boolean }
/** The copy that came in. `closed`: the original's deliveries that it made needless. */
export interface CorrectedCopy { readonly trace: string; readonly seq: number | null; readonly outcome: string | null; readonly ack: string | null; readonly closed: readonly number[] }

/** What a text becomes in the message's own character set. @throws ActRefused when the set cannot carry it */
function bytesOf(text: string, original: Uint8Array, format: string): Uint8Array {
  if (format !== 'hl7v2') return Buffer.from(text, 'utf8');
  const { used } = readHl7(original).charset;
  const lines = text.replace(/\r\n|\n/g, '\r');
  const bytes = encode(lines, used);
  if (decode(bytes, 0, bytes.length, used) !== lines) throw new ActRefused('operate.correction-charset', used);
  return bytes;
}

/** A copy is a message of its own: under the original's control id it would be a repeat of it, or a misuse of the id. */
function named(bytes: Uint8Array, original: Uint8Array): Uint8Array {
  const [copy, first] = [readHl7(bytes), readHl7(original)];
  const field = copy.first('MSH').field(10);
  const id = first.first('MSH').text(10);
  if (id === '' || field.text !== id) return bytes;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = field.slice.byteOffset - whole.byteOffset + field.slice.length;
  return Buffer.concat([whole.subarray(0, end), Buffer.from('-C1'), whole.subarray(end)]);
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => [...new Set(a)].sort().join('\n') === [...new Set(b)].sort().join('\n');

/** The original's deliveries that wait, for good or for a person. @throws ActRefused when one is just being tried */
async function open(journal: Journal, { deliveries }: MessageFull): Promise<number[]> {
  const ids: number[] = [];
  for (const { id } of deliveries) {
    const one = await journal.delivery(id);
    if (one === null || isFinal(one.state) || one.state === 'submitted' || isAcknowledgement(one.planned)) continue;
    if (one.state === 'sending') throw new ActRefused('deliver.under-way');
    ids.push(id);
  }
  return ids;
}

/** The copy, where it came in before its original could be told so: its sender's id and content are known. */
async function cameInBefore(journal: Journal, source: string, bytes: Uint8Array): Promise<MessageFull | null> {
  const repeat = await journal.answerOf(source, identifyFrom(bytes, false).controlId, contentDigest(bytes));
  return repeat.kind === 'same' ? journal.message({ seq: repeat.seq }) : null;
}

/**
 * Takes a message in again as a person corrected it: tried first, so that a correction that would be refused changes nothing;
 * then what waited of the original is closed, and the copy goes through intake as any message of its source, each naming the
 * other in its story. What the original already delivered stays delivered. A message is corrected once: then its copy is.
 * @param approved by a second person; without it, a copy about another person than the original is refused
 * @throws ActRefused
 */
export async function correct(ports: CorrectPorts, trace: string, text: string, by: By, approved: boolean): Promise<CorrectedCopy> {
  const seq = (await ports.journal.message({ trace }))?.seq ?? 0;
  return ports.inTurn(seq, () => inItsTurn(ports, trace, text, by, approved));
}

/**
 * What a text would become, and whether it is about the same person as the original: nothing is kept of it.
 * @throws ActRefused
 */
async function tried({ journal, pool, sources, clock }: CorrectPorts, trace: string, text: string) {
  const original = await journal.message({ trace });
  const source = sources.get(original?.source ?? '');
  const received = original?.bytes ?? null;
  if (original === null || received === null || source === undefined || isMailbox(source) || original.disposition === 'pipeline') throw new ActRefused('operate.correction-format');
  if (isCorrected(await journal.events(original.seq))) throw new ActRefused('operate.correction-done');
  const given = bytesOf(text, received, original.format);
  if (Buffer.compare(given, received) === 0) throw new ActRefused('operate.correction-unchanged');
  const bytes = original.format === 'hl7v2' ? named(given, received) : given;

  const planned = async (what: Uint8Array, as: string) => {
    const payload: PlanJob = { bytes: Uint8Array.from(what), source: source.id, trace: `${trace}-${as}`, receivedAt: clock() };
    return decodePlan(await pool.run({ kind: 'plan', payload }));
  };
  const { plan, findings } = await planned(bytes, 'tried');
  if (plan.disposition === 'rejected') {
    const said = findings.filter((one) => catalogue[(one.split('@')[0] ?? '') as FaultCode].severity === 'error').slice(0, 3).map((one) => { const [code, place = ''] = one.split('@'); return `${place} ${finding(code as FaultCode, place).text}`.trim(); });
    throw new ActRefused('operate.correction-refused', plan.ack?.code ?? '–', said.join(' ; '));
  }
  const otherPerson = async (): Promise<boolean> => !sameSet(plan.identities, (await planned(received, 'was')).plan.identities);
  return { original, source, bytes, plan, otherPerson };
}

/** A correction without its effects: who would get its copy is seen before it is made. @throws ActRefused as `correct` does, but for another person's, which is told */
export async function tryCorrection(ports: CorrectPorts, trace: string, text: string): Promise<CorrectionTried> {
  const { original, plan, otherPerson } = await tried(ports, trace, text);
  const waiting = new Set(await open(ports.journal, original));
  return {
    deliveries: plan.deliveries.filter((one) => !isAcknowledgement(one)), otherPerson: await otherPerson(),
    closes: original.deliveries.filter(({ id }) => waiting.has(id)).map(({ id, destination }) => ({ id, destination })),
  };
}

async function inItsTurn(ports: CorrectPorts, trace: string, text: string, { by, why }: By, approved: boolean): Promise<CorrectedCopy> {
  const { original, source, bytes, otherPerson } = await tried(ports, trace, text);
  if (!approved && await otherPerson()) throw new ActRefused('operate.correction-other-person');

  const { journal, dispatcher, accept, clock } = ports;
  const before = await cameInBefore(journal, source.id, bytes);
  const closed = await open(journal, original);
  for (const id of closed) await dispatcher.abandon(id, by, why, 'operate.corrected');
  const answer = before === null ? await accept({ bytes: Uint8Array.from(bytes), source, receivedAt: clock(), via: 'console', stream: `console ${by}` }) : { code: before.ack, trace: before.trace };
  const copy = before ?? await journal.message({ trace: answer.trace });
  if (copy === null) {
    await journal.note({ seq: original.seq, delivery: null, at: clock(), stage: 'operate', kind: 'correction-not-taken', detail: JSON.stringify({ by, why }) });
    throw new ActRefused('operate.correction-not-taken', answer.code ?? '–');
  }
  await journal.note({ seq: copy.seq, delivery: null, at: clock(), stage: 'operate', kind: 'corrects', detail: JSON.stringify({ trace, by, why }) });
  await journal.note({ seq: original.seq, delivery: null, at: clock(), stage: 'operate', kind: 'corrected', detail: JSON.stringify({ trace: answer.trace, by, why }) });
  return { trace: answer.trace, seq: copy.seq, outcome: copy.disposition, ack: answer.code, closed };
}
