import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { mailboxContract } from '../../../test/contract/mailbox.ts';
import { fakeIntake, fakeSource } from '../../../test/fake-intake.ts';
import { FolderMailbox } from './folder.ts';
import { mailboxListener } from './listener.ts';

const mails = (folder: string): number => (existsSync(folder) ? readdirSync(folder).filter((name) => name.includes('.eml')).length : 0);

describe('mailbox contract: a folder of mails', () => {
  mailboxContract(async () => {
    const path = mkdtempSync(join(tmpdir(), 'passerelle-mailbox-'));
    let n = 0;
    return Promise.resolve({
      driver: () => new FolderMailbox(path),
      put: (raw) => { n += 1; writeFileSync(join(path, '.tmp'), raw); renameSync(join(path, '.tmp'), join(path, `${String(n)}.eml`)); return Promise.resolve(); },
      count: (where) => Promise.resolve(mails(where === 'inbox' ? path : join(path, where))),
      close: () => { rmSync(path, { recursive: true, force: true }); return Promise.resolve(); },
    });
  });
});

describe('a folder of mails', () => {
  let path: string;
  beforeEach(() => { path = mkdtempSync(join(tmpdir(), 'passerelle-mailbox-')); });
  afterEach(() => { rmSync(path, { recursive: true, force: true }); });

  test('leaves what is being written and what is no mail, and keeps two of one name', async () => {
    for (const name of ['a.eml', 'b.eml.part', '.c.eml', 'notes.txt']) writeFileSync(join(path, name), 'From: a@b\r\n\r\n');
    const driver = new FolderMailbox(path);
    const [mail, ...others] = await driver.waiting(10);
    expect([mail?.id, others]).toEqual(['a.eml', []]);
    await driver.settle(mail!, 'done');
    writeFileSync(join(path, 'a.eml'), 'From: c@d\r\n\r\n');
    await driver.settle(mail!, 'done');
    expect(readdirSync(join(path, 'done')).sort()).toEqual(['a.eml', 'a.eml.2']);
    expect(await driver.read(mail!)).toBeNull();
    await driver.settle(mail!, 'done');
  });

  test('one that cannot be used is said once, and tried again', async () => {
    const fake = fakeIntake();
    writeFileSync(join(path, 'file'), '');
    const driver = new FolderMailbox(join(path, 'file', 'below'));
    const listener = mailboxListener({ name: 'bal', source: fakeSource({ notices: ['mss'] }), maxBytes: 1 << 20, pollMs: 5, backoff: { firstMs: 5, maxMs: 5 } }, driver, fake.ports);
    await wait(80);
    await listener.close();
    expect(fake.events).toEqual([{ fault: 'mailbox.unusable', listener: 'bal', peer: '', detail: 'ENOTDIR' }]);
  });
});
