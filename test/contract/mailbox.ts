import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import type { MailboxDriver } from '../../src/intake/mailbox/driver.ts';
import { mailboxListener, type MailboxListener } from '../../src/intake/mailbox/listener.ts';
import type { Answer, Received } from '../../src/intake/accept.ts';
import { fakeIntake, fakeSource, type FakeIntake } from '../fake-intake.ts';
import { dsn, plain, recipient } from '../samples/notices.ts';

/** A mailbox of one kind, empty, and what a test does around the driver. */
export interface MailboxPlace {
  driver(): MailboxDriver;
  put(raw: Uint8Array): Promise<void>;
  /** Mails in the place a driver looks at, and where notices are moved to. */
  count(where: 'inbox' | 'done' | 'for-a-person'): Promise<number>;
  close(): Promise<void>;
}

/** Waits for it, not for ever: a test that failed must not keep its mailbox busy. */
export async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await done()) return;
    await wait(25);
  }
  throw new Error('what was waited for did not come');
}

/** One suite for both drivers: what is taken, once, and what is never lost. */
export function mailboxContract(open: () => Promise<MailboxPlace>): void {
  let place: MailboxPlace;
  const listeners: MailboxListener[] = [];
  beforeEach(async () => { place = await open(); });
  afterEach(async () => { await Promise.all(listeners.splice(0).map((one) => one.close())); await place.close(); });

  const start = (fake: FakeIntake, over: { maxBytes?: number; pollMs?: number } = {}, driver = place.driver()): MailboxListener => {
    const listener = mailboxListener({ name: 'bal', source: fakeSource({ id: 'bal', notices: ['mss'] }), maxBytes: 1 << 20, pollMs: 30, backoff: { firstMs: 20, maxMs: 100 }, ...over }, driver, fake.ports);
    listeners.push(listener);
    return listener;
  };
  const notice = (id: string) => dsn({ action: 'failed', id });
  const letter = plain([`From: ${recipient}`, 'Subject: Bonjour', 'Message-ID: <letter@cabinet.mssante.test>']);
  const answer = (code: Answer['code']): Promise<Answer> => Promise.resolve({ code, bytes: null, trace: '' });
  const idOf = ({ bytes }: Received) => /Message-I[dD]: <([^@>]+)/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? '';

  test('a notice is taken once, byte for byte, then moved away; a letter stays where people read', async () => {
    const fake = fakeIntake({ accept: () => answer(null) });
    await place.put(notice('n1'));
    await place.put(letter);
    start(fake);
    await until(async () => fake.received.length === 2 && await place.count('done') === 1);
    await wait(100);
    expect(fake.received.map(({ via, stream, source }) => [via, stream, source.id])).toEqual([['mailbox', 'bal', 'bal'], ['mailbox', 'bal', 'bal']]);
    // A delivery agent adds its own trace lines before a mail.
    expect(Buffer.from(fake.received[0]!.bytes).toString('latin1')).toContain(notice('n1').toString('latin1'));
    expect(await place.count('for-a-person')).toBe(1);
  });

  test('what is settled is not taken by the next driver either; what comes later is', async () => {
    const [first, second] = [fakeIntake({ accept: () => answer(null) }), fakeIntake({ accept: () => answer(null) })];
    await place.put(notice('n1'));
    await place.put(letter);
    const before = start(first);
    await until(async () => first.received.length === 2 && await place.count('done') === 1);
    await before.close();
    start(second);
    await place.put(notice('n2'));
    await until(() => second.received.length === 1);
    expect(second.received.map(idOf)).toEqual(['n2']);
  });

  test('a mail that nobody could take yet is given again, in order; it is not moved before it is in the journal', async () => {
    let full = true;
    const fake = fakeIntake({ accept: () => answer(full ? 'AR' : null) });
    await place.put(notice('n1'));
    await wait(20);
    await place.put(notice('n2'));
    start(fake);
    await until(() => fake.received.length >= 3);
    expect(new Set(fake.received.map(idOf))).toEqual(new Set(['n1']));
    expect(await place.count('done')).toBe(0);
    full = false;
    await until(async () => await place.count('done') === 2);
    expect(fake.received.map(idOf).slice(-2)).toEqual(['n1', 'n2']);
  });

  test('taken and not settled, as when the process dies between, it is given again', async () => {
    await place.put(notice('n1'));
    const driver = place.driver();
    const [mail] = await driver.waiting(10);
    expect((await driver.read(mail!))?.length).toBeGreaterThan(500);
    await driver.close();
    const fake = fakeIntake({ accept: () => answer('AA') });
    start(fake);
    await until(async () => await place.count('done') === 1);
    expect(fake.received).toHaveLength(1);
  });

  test('a mail over the limit is told and left; those behind it are taken', async () => {
    const fake = fakeIntake({ accept: () => answer(null) });
    await place.put(plain([`From: ${recipient}`, 'Subject: grand'], 'x'.repeat(5000)));
    await wait(20);
    await place.put(notice('n1'));
    start(fake, { maxBytes: 4096 });
    await until(async () => await place.count('done') === 1);
    await wait(80);
    expect(fake.received.map(idOf)).toEqual(['n1']);
    expect(fake.events.map(({ fault }) => fault)).toEqual(['mailbox.too-large']);
  });
}
