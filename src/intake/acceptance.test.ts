import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { acknowledgementAtOnce } from '../acknowledge/plan.ts';
import { contentDigest } from '../formats/hl7v2/identify.ts';
import { identify } from '../formats/identify.ts';
import { JournalFault, type Journal, type NewPlan } from '../journal/journal.ts';
import { delivery } from '../../test/contract/journal-samples.ts';
import { newKeyRing, parseKeyRing } from '../journal/keys.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import type { Source } from '../domain/message.ts';
import { Stopping } from '../domain/stopping.ts';
import type { Accept, Received } from './accept.ts';
import { createAcceptance, type AcceptanceEvent, type Staged } from './acceptance.ts';
import { Unplanned } from './unplanned.ts';

const source: Source = { id: 'lab', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: null, establishment: null };
const answered: Source = { ...source, answersTo: 'lab-answers' };
const message = (controlId: string, change: { at?: string; text?: string; enhanced?: boolean; volet?: boolean } = {}): Buffer => Buffer.from(
  `MSH|^~\\&|LAB|X|P|R|${change.at ?? '20261122'}||ORU^R01^ORU_R01|${controlId}|P|2.5||${change.enhanced === true ? '|AL|AL' : '||'}|FRA|UNICODE UTF-8|||${change.volet === true ? '2.1^CISIS_CDA_HL7_V2' : ''}\rOBX|1|ST|${change.text ?? 'a'}\r`);
const planOf = (bytes: Uint8Array, code = 'AA'): NewPlan => ({
  disposition: code === 'AA' ? 'planned' : 'rejected', ack: { code, bytes: Buffer.from(`${code} ${identify(bytes).controlId}`) }, bundle: null, record: Buffer.from('{}'), plannedAt: 1, facts: [], factsUpTo: 0,
  identities: [], keys: [], deliveries: [], settlements: [], documents: new Map(),
});

let folder: string;
let journal: Journal;
let accept: Accept;
let stages: (received: Received) => Promise<Staged>;
let events: AcceptanceEvent[];
let points: string[];
/** What the next writings of a plan fail with. */
let refusePlans: Error[];
const pause = (): Promise<void> => new Promise((wake) => { setTimeout(wake, 5); });
let unplanned: Unplanned;
/** The turn in which what was just handed in is committed, right after its COMMIT: the sync comes back in a later one. */
const committedNotSynced = async (): Promise<void> => {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
  await new Promise((wake) => { setImmediate(wake); });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-acceptance-'));
  journal = await openSqliteJournal({ folder, keys: parseKeyRing(newKeyRing()), clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  stages = ({ bytes }) => Promise.resolve({ plan: planOf(bytes), findings: [], repeats: null });
  [events, points, refusePlans] = [[], [], []];
  unplanned = new Unplanned();
  accept = createAcceptance({
    journal: { ...journal, plan: (seq, plan) => { const error = refusePlans.shift(); return error === undefined ? journal.plan(seq, plan) : Promise.reject(error); } }, clock: Date.now, ids: randomUUID, unplanned, stageBudgetMs: 100, identify, digest: contentDigest, isVolet: (bytes) => Buffer.from(bytes).includes('CISIS_CDA_HL7'),
    stages: (received) => stages(received), complete: ({ plan }) => Promise.resolve(plan), answers: (ack, { source: { answersTo } }, { enhanced }) => (enhanced && answersTo !== null ? [delivery({ destination: answersTo, envelope: null, content: { ack: text(ack) } })] : []), planned: () => undefined, crashPoint: (name) => { points.push(name); }, log: (event) => { events.push(event); },
    acknowledge: ({ bytes, receivedAt }, code, findings, trace) => acknowledgementAtOnce(identify(bytes), code, findings, { bytes, trace, receivedAt }),
  });
});
afterEach(async () => { await journal.close(); rmSync(folder, { recursive: true, force: true }); });

const send = (bytes: Uint8Array, stream = 's', from = source) => accept({ bytes, source: from, receivedAt: Date.now(), via: 'mllp', stream });
const text = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString();

describe('acceptance', () => {
  it('answers the plan’s acknowledgement once plan and bytes are durable', async () => {
    const answer = await send(message('1'));
    expect([answer.code, text(answer.bytes)]).toEqual(['AA', 'AA 1']);
    expect(await journal.message({ trace: answer.trace })).toMatchObject({ disposition: 'planned', ack: 'AA' });
    expect(points).toEqual(['after-plan']);
  });
  it('gives the same answer again to the same message, whatever MSH-7 says', async () => {
    await send(message('1'));
    const again = await send(message('1', { at: '20261123' }));
    expect([again.code, text(again.bytes)]).toEqual(['AA', 'AA 1']);
    expect((await journal.counts()).messages).toMatchObject({ received: 2, planned: 1, repeated: 1 });
  });
  it('refuses the same id with other content: 205, in the volet 207/906; and keeps it', async () => {
    await send(message('1'));
    expect(text((await send(message('1', { text: 'b' }))).bytes)).toMatch(/MSA\|AE\|1\r.*ERR\|\|MSH\^1\^10\|205\^/s);
    await send(message('2', { volet: true }));
    expect(text((await send(message('2', { text: 'b', volet: true }))).bytes)).toMatch(/MSA\|AE\|2\r.*ERR\|\|MSH\^1\^10\|207\^.*\|E\|906\^/s);
    expect((await journal.counts()).messages.rejected).toBe(2);
  });
  it('takes an id again that was only refused', async () => {
    stages = ({ bytes }) => Promise.resolve({ plan: planOf(bytes, 'AE'), findings: [], repeats: null });
    await send(message('1'));
    stages = ({ bytes }) => Promise.resolve({ plan: planOf(bytes), findings: [], repeats: null });
    expect((await send(message('1', { text: 'mended' }))).code).toBe('AA');
  });
  it('answers two sendings of one message that arrive together once from the stages, once from the store', async () => {
    const answers = await Promise.all([send(message('1'), 'a'), send(message('1'), 'b')]);
    expect(answers.map((one) => text(one.bytes))).toEqual(['AA 1', 'AA 1']);
    expect((await journal.counts()).messages).toMatchObject({ planned: 1, repeated: 1 });
  });
  it('quarantines a message the stages die on, says so, and takes the next', async () => {
    stages = () => Promise.reject(new Error('died'));
    const answer = await send(message('1'));
    expect(text(answer.bytes)).toMatch(/MSA\|AE\|1/);
    expect(await journal.counts()).toMatchObject({ messages: { quarantined: 1, pipeline: 0 } });
    stages = ({ bytes }) => Promise.resolve({ plan: planOf(bytes), findings: [], repeats: null });
    expect((await send(message('2'))).code).toBe('AA');
    expect((await send(message('1'))).code).toBe('AA');
    expect((await journal.counts()).messages).toMatchObject({ received: 3, planned: 2, quarantined: 1 });
  });
  it('stores the bytes first when the stages are over their budget, and keeps later ones of the source behind', async () => {
    let finish: () => void = () => undefined;
    stages = ({ bytes }) => new Promise((resolve) => { finish = () => { resolve({ plan: planOf(bytes), findings: [], repeats: null }); }; });
    const slow = send(message('1'));
    while (!points.includes('after-append')) await new Promise((wake) => { setTimeout(wake, 5); });
    expect((await journal.counts()).messages.pipeline).toBe(1);
    expect(unplanned.before('lab', 99)).toBe(true);
    finish();
    expect((await slow).code).toBe('AA');
    expect(unplanned.before('lab', 99)).toBe(false);
  });
  it('keeps later ones of the source behind from the COMMIT of the bytes on: what reads the journal may see them before the disk has synced', async () => {
    let finish: () => void = () => undefined;
    stages = ({ bytes }) => new Promise((resolve) => { finish = () => { resolve({ plan: planOf(bytes), findings: [], repeats: null }); }; });
    const answer = send(message('1', { enhanced: true }), 's', answered);
    await committedNotSynced();
    expect([(await journal.counts()).messages.pipeline, points, unplanned.before('lab', 99)]).toEqual([1, [], true]);
    await answer;
    finish();
    while (unplanned.before('lab', 99)) await pause();
  });
  it('commits one stream’s messages in the order they came, whatever order the stages finish in', async () => {
    stages = ({ bytes }) => new Promise((resolve) => { setTimeout(resolve, identify(bytes).controlId === '1' ? 60 : 1, { plan: planOf(bytes), findings: [], repeats: null }); });
    const [first, second] = await Promise.all([send(message('1')), send(message('2'))]);
    const seqs = await Promise.all([first, second].map(async (one) => (await journal.message({ trace: one.trace }))?.seq));
    expect(seqs).toEqual([1, 2]);
  });
  describe('with a fact taught meanwhile about what the plan asked', () => {
    const keys = ['DOC|1'];
    const fact = { kind: 'document' as const, keys, uniqueId: '1', sha1: 'a', action: 'submit' as const, series: '1', source: 'lab', patient: [] };
    /** As the worker does: the facts are read when the stages run. A message that finds the document known teaches nothing. */
    const looking = async ({ bytes }: Received): Promise<Staged> => {
      const { taught = 0, known } = await journal.facts(keys);
      return { plan: { ...planOf(bytes), asked: { keys, taught }, facts: known.length > 0 ? [] : [fact] }, findings: [], repeats: null };
    };
    it('makes the plan again: of messages planned together only one thinks it is the first', async () => {
      stages = looking;
      const answers = await Promise.all(['1', '2', '3', '4'].map((id) => send(message(id), id)));
      expect(answers.map((one) => one.code)).toEqual(['AA', 'AA', 'AA', 'AA']);
      expect((await journal.facts(keys)).known).toHaveLength(1);
    });
    it('keeps a stream in order when one of it is planned again', async () => {
      stages = async (received) => (identify(received.bytes).controlId === 'C' ? { plan: planOf(received.bytes), findings: [], repeats: null } : looking(received));
      const [, b, c] = await Promise.all([send(message('A'), 'other'), send(message('B')), send(message('C'))]);
      const seqOf = async (one?: { trace: string }) => (await journal.message({ trace: one?.trace ?? '' }))?.seq ?? NaN;
      expect(await seqOf(b)).toBeLessThan(await seqOf(c));
    });
    it('keeps a stream in order when what follows is ready while the disk still syncs', async () => {
      stages = async (received) => {
        if (identify(received.bytes).controlId !== 'C') return looking(received);
        await committedNotSynced();
        return { plan: planOf(received.bytes), findings: [], repeats: null };
      };
      const [, b, c] = await Promise.all([send(message('A'), 'other'), send(message('B')), send(message('C'))]);
      const seqOf = async (one?: { trace: string }) => (await journal.message({ trace: one?.trace ?? '' }))?.seq ?? NaN;
      expect(await seqOf(b)).toBeLessThan(await seqOf(c));
    });
    it('does not plan anyway: who is overtaken each time is told to come back', async () => {
      let n = 0;
      stages = async (received) => {
        const staged = await looking(received);
        n += 1;
        await journal.accept({ trace: randomUUID(), source: 'x', receivedAt: 1, identified: identify(message(`x${n}`)), contentDigest: new Uint8Array(1), bytes: message(`x${n}`) }, { ...planOf(message(`x${n}`)), facts: [fact] });
        return staged;
      };
      const answer = await send(message('1'));
      expect([answer.code, n]).toEqual(['AR', 4]);
      expect(text(answer.bytes)).toContain('journal.stale-plan');
      expect(await journal.message({ trace: answer.trace })).toBeNull();
      stages = looking;
      expect((await send(message('1'))).code).toBe('AA');
    });
    it('makes again the plan of a message whose bytes were stored first', async () => {
      stages = looking;
      await Promise.all([send(message('1', { enhanced: true }), 'a'), send(message('2', { enhanced: true }), 'b')]);
      while ((await journal.counts()).messages.pipeline > 0) await new Promise((wake) => { setTimeout(wake, 5); });
      expect((await journal.facts(keys)).known).toHaveLength(1);
      expect((await journal.counts()).messages).toMatchObject({ planned: 2, quarantined: 0 });
    });
  });
  it('answers CA in enhanced mode as soon as the bytes are durable', async () => {
    let finish: () => void = () => undefined;
    stages = ({ bytes }) => new Promise((resolve) => { finish = () => { resolve({ plan: planOf(bytes), findings: [], repeats: null }); }; });
    const answer = await send(message('1', { enhanced: true }), 's', answered);
    expect(text(answer.bytes)).toMatch(/MSA\|CA\|1/);
    expect((await journal.counts()).messages.pipeline).toBe(1);
    finish();
    while ((await journal.counts()).messages.pipeline > 0) await new Promise((wake) => { setTimeout(wake, 5); });
    expect((await journal.counts()).messages.planned).toBe(1);
  });
  it('stays in original mode for a source that cannot be answered later', async () => {
    stages = ({ bytes }) => Promise.resolve({ plan: planOf(bytes, 'AE'), findings: [], repeats: null });
    expect(text((await send(message('1', { enhanced: true }))).bytes)).toBe('AE 1');
  });
  it('says a refusal as commit acknowledgement in enhanced mode', async () => {
    await send(message('1', { enhanced: true }), 's', answered);
    while ((await journal.counts()).messages.pipeline > 0) await pause();
    expect(text((await send(message('1', { enhanced: true, text: 'b' }), 's', answered)).bytes)).toMatch(/MSA\|CE\|1/);
    stages = () => new Promise(() => undefined);
    await send(message('2', { enhanced: true }), 's', answered);
    expect(text((await send(message('2', { enhanced: true }), 's', answered)).bytes)).toMatch(/MSA\|CR\|2/);
  });
  it('tells a quarantine after CA by a delivery', async () => {
    stages = () => Promise.reject(new Error('died'));
    const { trace } = await send(message('1', { enhanced: true }), 's', answered);
    while ((await journal.counts()).messages.quarantined === 0 || unplanned.before('lab', 99)) await pause();
    const [row] = (await journal.message({ trace }))?.deliveries ?? [];
    expect(row).toMatchObject({ destination: 'lab-answers', state: 'waiting' });
    expect((await journal.delivery(row?.id ?? 0))?.planned.content).toEqual({ ack: expect.stringMatching(/MSA\|AE\|1/) as unknown });
    expect([await journal.verify(), unplanned.before('lab', 99)]).toEqual([[], false]);
  });
  it.each([[true, 'CA'], [false, 'AR']])('leaves a stored message in the pipeline when the gateway stops (enhanced: %s)', async (enhanced, said) => {
    let stop: () => void = () => undefined;
    stages = () => new Promise((_, reject) => { stop = () => { reject(new Stopping()); }; });
    const answer = send(message('1', { enhanced }), 's', answered);
    while (!points.includes('after-append')) await pause();
    stop();
    expect((await answer).code).toBe(said);
    await pause();
    expect((await journal.counts()).messages).toMatchObject({ received: 1, quarantined: 0, pipeline: 1 });
  });
  it('keeps nothing of a message whose stages were stopped before it was stored', async () => {
    stages = () => Promise.reject(new Stopping());
    expect(text((await send(message('1'))).bytes)).toMatch(/MSA\|AR\|1/);
    expect((await journal.counts()).messages.received).toBe(0);
  });
  it.each(['journal.read-only', 'journal.locked', 'journal.io'])('waits for a journal that says %s, and plans the stored message then', async (code) => {
    refusePlans = [new JournalFault(code, 'x')];
    await send(message('1', { enhanced: true }), 's', answered);
    while (unplanned.before('lab', 99)) await pause();
    expect([(await journal.counts()).messages.planned, unplanned.before('lab', 99)]).toEqual([1, false]);
  });
  it.each([new JournalFault('journal.misuse', 'x'), new TypeError('ours')])('quarantines a stored message whose plan cannot be written (%s), and holds nothing back', async (error) => {
    refusePlans = [error];
    await send(message('1', { enhanced: true }), 's', answered);
    while (unplanned.before('lab', 99)) await pause();
    expect([(await journal.counts()).messages.quarantined, unplanned.before('lab', 99)]).toEqual([1, false]);
  });
  it('answers AR when the journal cannot write, and promises nothing', async () => {
    await journal.close();
    const answer = await send(message('1'));
    expect(answer.code).toBe('AR');
    journal = await openSqliteJournal({ folder: mkdtempSync(join(tmpdir(), 'passerelle-acceptance-')), keys: parseKeyRing(newKeyRing()), clock: Date.now, repeatWindowMs: 1, crashesBeforeQuarantine: 3 });
  });
  it('tells one wide event a message, without a byte of it', async () => {
    await send(message('1', { text: 'SECRET' }));
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('SECRET');
    expect(events[0]).toMatchObject({ source: 'lab', type: 'ORU^R01', outcome: 'planned', ack: 'AA' });
  });
});
