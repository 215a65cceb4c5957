import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dsn, errorMail, malformedMdn, mdn, plain, recipient, chain } from '../../test/samples/notices.ts';
import { delivery, newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import type { Accept } from '../intake/accept.ts';
import { Unplanned } from '../intake/unplanned.ts';
import type { Journal, Planned } from '../journal/journal.ts';
import { newKeyRing, parseKeyRing } from '../journal/keys.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { createPlanner } from '../planner.ts';
import type { PlanJob } from '../workers/jobs.ts';
import { encodePlan } from '../workers/plan-codec.ts';
import { composeAcceptance } from './acceptance.ts';

// Mails of a mailbox through the real stages and journal: what they do to deliveries that were sent before.

const planner = createPlanner({ destinations: [], rules: [] }, { profiles: [], check: null }, new Map(), 'test');
const lab = { id: 'bal', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: null, establishment: null, unknownConsent: 'follow' as const };
const mailbox = { ...lab, notices: ['mss'], noticesFrom: ['*.mssante.test'] };

let folder: string;
let journal: Journal;
let accept: Accept;
let planned: Planned[];
let sender: typeof mailbox | typeof lab;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-notices-'));
  journal = await openSqliteJournal({ folder, keys: parseKeyRing(newKeyRing()), clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  planned = [];
  accept = composeAcceptance({
    journal, clock: () => 7_000, unplanned: new Unplanned(), stageBudgetMs: 60_000, planned: (one) => { planned.push(one); }, crashPoint: () => undefined, log: () => undefined,
    pool: {
      waiting: 0, close: () => Promise.resolve(),
      run: ({ payload }) => {
        const job = payload as PlanJob;
        const { plan, outcome } = planner.plan({ ...job, source: sender }, () => ({ upTo: 0, known: [] }));
        return Promise.resolve(encodePlan({ plan, findings: outcome.findings.map((one) => one.code), repeats: outcome.repeats, notice: outcome.notice }));
      },
    },
  });
});
afterEach(async () => { await journal.close(); rmSync(folder, { recursive: true, force: true }); });

const answer = { destination: 'answers', controlId: 'ORU1', reception: true, reading: true, from: ['SIL', 'LABO', 'PFI', 'REGION'], processing: 'P', charset: 'UNICODE UTF-8' };
/** One mail sent and taken by the operator; gives its delivery. */
async function sent(token = 'token-1', to = recipient, asked: object | null = answer): Promise<number> {
  const mail = delivery({ destination: 'mss', system: 'mssante', recipient: to, content: { answer: asked }, envelope: { steps: [{ name: 'mail', meta: { envid: token }, body: [] }] } });
  const { deliveries: [one] } = await journal.accept(newMessage(token), newPlan({ deliveries: [mail] }));
  await journal.begin([one!.id], 3_000);
  await journal.settle(one!.id, { at: 4_000, receipt: { kind: 'submitted', correlation: token, deadline: 9_000 }, next: { state: 'submitted' }, reason: 'deliver.submitted' }, []);
  return one!.id;
}
const receive = async (bytes: Uint8Array, source: typeof mailbox | typeof lab = mailbox) => {
  sender = source;
  const { code, trace } = await accept({ bytes, source, receivedAt: Date.now(), via: 'mailbox', stream: 'bal' });
  const message = await journal.message({ trace });
  const record = message?.record ?? null;
  const findings = record === null ? [] : (JSON.parse(Buffer.from(record).toString()) as { findings: { code: string }[] }).findings.map((one) => one.code);
  return { code, findings, message };
};
const state = async (id: number) => { const one = await journal.delivery(id); return [one?.state, one?.reason]; };
/** ZAM told of a delivery, oldest first: event, OBX-5, ERR-5 code, address. */
async function told(id: number): Promise<string[]> {
  const head = await journal.delivery(id);
  const message = await journal.message({ seq: head!.seq });
  const texts = await Promise.all((message?.deliveries ?? []).filter(({ destination }) => destination === 'answers').map(async (one) => {
    const full = await journal.delivery(one.id);
    return Buffer.from((full!.planned.content as { message: string }).message, 'base64').toString();
  }));
  return texts.map((text) => [/ZAM\^(Z0\d)/.exec(text)?.[1], /\|([YN])\^\^expanded/.exec(text)?.[1], /\^messageErrorCondition\|E\|(\d{3})/.exec(text)?.[1], /X\.400\^([^|\r]+)/.exec(text)?.[1]].filter((part) => part !== undefined).join(' '));
}

describe('a notice', () => {
  test('of reception closes the delivery and is told once, whatever is told again', async () => {
    const id = await sent();
    expect(await receive(dsn({ action: 'delayed' }))).toMatchObject({ code: null, findings: ['notice.delayed'], message: { disposition: 'consumed', format: 'mail', type: 'MAIL^delivery' } });
    expect(await state(id)).toEqual(['submitted', 'deliver.submitted']);
    expect((await receive(dsn({ action: 'relayed' }))).findings).toEqual(['notice.relayed']);
    expect(await state(id)).toEqual(['delivered', 'notice.relayed']);
    expect((await receive(dsn({ action: 'relayed', id: 'again' }))).findings).toEqual(['notice.relayed', 'notice.already-known']);
    expect((await receive(dsn({ action: 'relayed' }))).code).toBe('AA');
    expect(await told(id)).toEqual([`Z02 Y ${recipient}`]);
    expect((await journal.counts()).messages).toMatchObject({ received: 5, consumed: 3, repeated: 1 });
    expect((await journal.counts()).deliveries).toMatchObject({ planned: 2, delivered: 1, waiting: 1, submitted: 0 });
    expect((await journal.events((await journal.delivery(id))!.seq)).map(({ kind }) => kind)).toEqual(['noticed', 'noticed', 'noticed']);
  });

  test('of failure, then the reader’s own word: told N with the SMTP code, then Y, then read', async () => {
    const id = await sent();
    await receive(dsn({ action: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 unknown' }));
    expect(await state(id)).toEqual(['refused', 'notice.failed']);
    await receive(mdn({}));
    expect(await state(id)).toEqual(['delivered', 'notice.processed']);
    expect(await told(id)).toEqual([`Z02 N 550 ${recipient}`, `Z02 Y ${recipient}`, `Z03 Y ${recipient}`]);
    // What it caused is offered to the engine with what the mail planned itself: nothing.
    expect(planned.flatMap(({ deliveries }) => deliveries.map(({ destination }) => destination))).toEqual(['answers', 'answers', 'answers']);
    expect(planned.flatMap(({ settled }) => settled)).toEqual([id, id]);
  });

  test.each([
    ['an MDN of 1.1.2', mdn({ disposition: `automatic-action/MDN-sent-automatically; processed/Error: ${chain('messageErrorCondition')}` })],
    ['an MDN of 1.1.3', mdn({ disposition: 'automatic-action/MDN-sent-automatically; processed/error', error: chain('applicationErrorCondition') })],
    ['the malformed example', malformedMdn('token-1@labo.mssante.test')], ['the standard error mail', errorMail()],
  ])('of a document not integrated (%s) is a reading that failed, with the reader’s code', async (_, mail) => {
    const id = await sent();
    await receive(mail);
    expect(await state(id)).toEqual(['delivered', 'notice.not-integrated']);
    expect(await told(id)).toEqual([`Z02 Y ${recipient}`, `Z03 N 902 ${recipient}`]);
  });

  test('tells only what was asked for', async () => {
    const [neither, reading] = [await sent('token-1', recipient, null), await sent('token-2', recipient, { ...answer, reception: false })];
    await receive(mdn({}));
    await receive(mdn({ messageId: 'token-2@labo.mssante.test', id: 'mdn-2' }));
    expect([await told(neither), await told(reading)]).toEqual([[], [`Z03 Y ${recipient}`]]);
  });

  test('of a reading by another than the mailbox written to tells who read', async () => {
    const id = await sent();
    await receive(Buffer.from(mdn({ reader: 'secretariat@cabinet.mssante.test' }).toString().replace('Original-Message-ID', `Original-Recipient: rfc822;${recipient}\r\nOriginal-Message-ID`)));
    expect(await told(id)).toEqual([`Z02 Y ${recipient}`, 'Z03 Y secretariat@cabinet.mssante.test']);
  });

  test('is about one recipient’s mail: the others stay as they were', async () => {
    const [a, b] = [await sent('token-1', 'a@x.mssante.test'), await sent('token-2', 'b@x.mssante.test')];
    await receive(dsn({ action: 'failed', envelope: 'token-2', recipient: 'B@x.mssante.test', messageId: 'token-2@labo.mssante.test' }));
    expect([await state(a), await state(b)]).toEqual([['submitted', 'deliver.submitted'], ['refused', 'notice.failed']]);
  });

  test('that comes before its attempt is answered stands', async () => {
    const mail = delivery({ destination: 'mss', system: 'mssante', recipient, content: { answer }, envelope: { steps: [{ name: 'mail', meta: { envid: 'token-1' }, body: [] }] } });
    const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [mail] }));
    expect((await receive(dsn({ action: 'delivered' }))).findings).toEqual(['notice.unknown-mail']);
    await journal.begin([one!.id], 3_000);
    await receive(dsn({ action: 'delivered', id: 'second' }));
    await journal.settle(one!.id, { at: 4_000, receipt: { kind: 'unknown', fault: 'deliver.cut-off' }, next: { state: 'waiting', notBefore: 9, inDoubt: true }, reason: 'deliver.cut-off' }, []);
    expect(await state(one!.id)).toEqual(['delivered', 'notice.delivered']);
  });

  test('of two that come at once, each is judged on what the other left', async () => {
    const id = await sent();
    await Promise.all([receive(mdn({})), receive(dsn({ action: 'failed' })), receive(dsn({ action: 'delivered' }))]);
    expect(await state(id)).toEqual(['delivered', 'notice.processed']);
    expect((await told(id)).filter((one) => one.startsWith('Z03'))).toEqual([`Z03 Y ${recipient}`]);
    expect((await told(id)).filter((one) => one.startsWith('Z02')).at(-1)).toBe(`Z02 Y ${recipient}`);
  });
});

/** An MDN without any recipient field. */
const unnamed = (from: string): Buffer => Buffer.from(mdn({ from }).toString().replace(/Final-Recipient:.*\r\n/, ''));

describe('who is believed', () => {
  const patient = '279035121518989@patient.mssante.fr';
  test.each([
    ['the recipient, though its reading names nobody', recipient, unnamed(recipient), ['delivered', 'notice.processed']],
    ['the patient of its own mail', patient, mdn({ reader: patient }), ['delivered', 'notice.processed']],
    ['the patient’s server', patient, dsn({ action: 'failed', recipient: patient, from: 'MAILER-DAEMON@patient.mssante.fr' }), ['refused', 'notice.failed']],
    ['the operator’s server', recipient, dsn({ action: 'failed' }), ['refused', 'notice.failed']],
  ])('%s', async (_, to, mail, end) => {
    const id = await sent('token-1', to);
    await receive(mail);
    expect(await state(id)).toEqual(end);
  });
});

describe('a mail that waits', () => {
  type Receipt = Parameters<Journal['settle']>[1]['receipt'];
  const waiting = async (receipt: Receipt, inDoubt: boolean): Promise<number> => {
    const mail = delivery({ destination: 'mss', system: 'mssante', recipient, content: { answer }, envelope: { steps: [{ name: 'mail', meta: { envid: 'token-1' }, body: [] }] } });
    const { deliveries: [one] } = await journal.accept(newMessage('1'), newPlan({ deliveries: [mail] }));
    await journal.begin([one!.id], 3_000);
    await journal.settle(one!.id, { at: 4_000, receipt, next: { state: 'waiting', notBefore: 9, inDoubt }, reason: 'fault' in receipt ? receipt.fault : '' }, []);
    return one!.id;
  };
  test('and never left is closed by no notice', async () => {
    const id = await waiting({ kind: 'busy', fault: 'mss.busy' }, false);
    expect((await receive(mdn({}))).findings).toEqual(['notice.unknown-mail']);
    expect(await state(id)).toEqual(['waiting', 'mss.busy']);
    expect(await told(id)).toEqual([]);
  });
  test('and may have left is closed by one', async () => {
    const id = await waiting({ kind: 'unknown', fault: 'mss.no-answer' }, true);
    await receive(mdn({}));
    expect(await state(id)).toEqual(['delivered', 'notice.processed']);
  });
});

describe('what is kept without effect', () => {
  test.each([
    ['an unknown mail', dsn({ action: 'failed', envelope: 'other', messageId: 'other@x' }), 'notice.unknown-mail'],
    ['an unknown mail, though it encloses one of ours', dsn({ action: 'failed', envelope: 'other' }), 'notice.unknown-mail'],
    ['another recipient', dsn({ action: 'failed', recipient: 'other@cabinet.mssante.test' }), 'notice.other-recipient'],
    ['a reader outside the recipient’s domain, though in the trust space', mdn({ from: 'dr.martin@autre.mssante.test' }), 'notice.untrusted-sender'],
    ['a patient about a professional: a reading', mdn({ from: '279035121518989@patient.mssante.fr' }), 'notice.untrusted-sender'],
    ['a patient about a professional: a failure', dsn({ action: 'failed', from: '279035121518989@patient.mssante.fr' }), 'notice.untrusted-sender'],
    ['a patient’s server about a professional', dsn({ action: 'failed', from: 'mailer-daemon@patient.mssante.fr' }), 'notice.untrusted-sender'],
    ['a reading of nobody, from another mailbox of the domain', unnamed('dr.autre@cabinet.mssante.test'), 'notice.other-recipient'],
    ['a sender outside', mdn({ from: 'dr.martin@evil.test' }), 'notice.untrusted-sender'],
    ['a subject alone', plain(['Return-Path: <>', `From: MAILER-DAEMON@x.mssante.test`, 'Subject: Undelivered Mail Returned to Sender']), 'notice.approximate'],
    ['no disposition', mdn({ disposition: '' }), 'notice.unreadable'],
    ['an absence', plain([`From: ${recipient}`, 'Auto-Submitted: auto-replied', 'In-Reply-To: <token-1@labo.mssante.test>']), 'notice.auto-reply'],
    ['a patient', plain(['From: 279035121518989@patient.mssante.fr', 'In-Reply-To: <token-1@labo.mssante.test>']), 'notice.patient-answer'],
    ['a person', plain([`From: ${recipient}`, 'Subject: Bonjour']), 'notice.for-a-person'],
  ])('%s', async (_, mail, code) => {
    const id = await sent();
    const { findings, message } = await receive(mail, { ...mailbox, noticesFrom: [...mailbox.noticesFrom, '*.mssante.fr'] });
    expect(findings).toEqual([code]);
    expect(Buffer.from(message!.bytes!).equals(mail)).toBe(true);
    expect(await state(id)).toEqual(['submitted', 'deliver.submitted']);
    expect(await told(id)).toEqual([]);
  });

  test('a notice about a mail another mailbox’s destination sent', async () => {
    const id = await sent();
    expect((await receive(mdn({}), { ...mailbox, notices: ['elsewhere'] })).findings).toEqual(['notice.unknown-mail']);
    expect(await state(id)).toEqual(['submitted', 'deliver.submitted']);
  });

  test('a mail that no mailbox brought is no mail: it is refused as an unknown format', async () => {
    const id = await sent();
    expect((await receive(mdn({}), lab)).code).toBe('AR');
    expect(await state(id)).toEqual(['submitted', 'deliver.submitted']);
  });
});
