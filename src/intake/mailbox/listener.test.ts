import { expect, test } from '@jest/globals';
import { until } from '../../../test/contract/mailbox.ts';
import { fakeIntake, fakeSource } from '../../../test/fake-intake.ts';
import { dsn, mdn } from '../../../test/samples/notices.ts';
import { MailboxFault, type MailboxDriver } from './driver.ts';
import { mailboxListener } from './listener.ts';

test('a mail that the server fails on each time is told once, and those behind it are taken; once it is given, so is it', async () => {
  const left = new Set(['poison', 'gone', 'good']);
  let mended = false;
  const settled: string[] = [];
  const driver: MailboxDriver = {
    waiting: () => Promise.resolve([...left].map((id) => ({ id, size: 10 }))),
    read: ({ id }) => (id === 'gone' ? Promise.resolve(null) : id === 'poison' && !mended ? Promise.reject(new MailboxFault('mailbox.unreachable', 'NO')) : Promise.resolve(dsn({ action: 'failed', id }))),
    settle: ({ id }, as) => { settled.push(`${id} ${as}`); left.delete(id); return Promise.resolve(); },
    changed: (ms, signal) => new Promise((wake) => { const timer = setTimeout(wake, ms); signal.addEventListener('abort', () => { clearTimeout(timer); wake(); }, { once: true }); }),
    reset: () => undefined, close: () => Promise.resolve(),
  };
  const fake = fakeIntake({ accept: () => Promise.resolve({ code: null, bytes: null, trace: '' }) });
  const listener = mailboxListener({ name: 'bal', source: fakeSource({ notices: ['mss'] }), maxBytes: 1 << 20, pollMs: 5, backoff: { firstMs: 5, maxMs: 5 } }, driver, fake.ports);
  await until(() => settled.length === 1);
  mended = true;
  await until(() => settled.length === 2);
  await listener.close();
  expect(settled).toEqual(['good done', 'poison done']);
  expect(fake.events.map(({ fault }) => fault)).toEqual(['mailbox.unreachable', 'mailbox.mail-unreadable']);
});

test('a report that tells nothing stays where people read and is told to an operator; one whose header hides it is a notice', async () => {
  const mails = new Map([['empty', mdn({ disposition: '' })], ['hidden', Buffer.from(dsn({ action: 'failed' }).toString('latin1').replace('multipart/report; report-type=delivery-status;', 'multipart/mixed;'), 'latin1')]]);
  const settled: string[] = [];
  const driver: MailboxDriver = {
    waiting: () => Promise.resolve([...mails.keys()].map((id) => ({ id, size: 10 }))), read: ({ id }) => Promise.resolve(mails.get(id) ?? null),
    settle: ({ id }, as) => { settled.push(`${id} ${as}`); mails.delete(id); return Promise.resolve(); },
    changed: (ms, signal) => new Promise((wake) => { const timer = setTimeout(wake, ms); signal.addEventListener('abort', () => { clearTimeout(timer); wake(); }, { once: true }); }),
    reset: () => undefined, close: () => Promise.resolve(),
  };
  const fake = fakeIntake({ accept: () => Promise.resolve({ code: null, bytes: null, trace: '' }) });
  const listener = mailboxListener({ name: 'bal', source: fakeSource({ notices: ['mss'] }), maxBytes: 1 << 20, pollMs: 5, backoff: { firstMs: 5, maxMs: 5 } }, driver, fake.ports);
  await until(() => settled.length === 2);
  await listener.close();
  expect(settled).toEqual(['empty kept', 'hidden done']);
  expect(fake.events.map(({ fault }) => fault)).toEqual(['mailbox.report-unreadable']);
});
