import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendGood, start } from '../../../test/mssante/client.ts';
import { recipient, sender } from '../../../test/mssante/good-mail.ts';
import { noticeKinds, type Notice } from './notice.ts';
import { leaves, valueOf } from './read-mime.ts';
import type { MssSimulator } from './simulator.ts';
import type { Received } from './store.ts';

let simulator: MssSimulator;
let sent: Notice[];
const begin = async (automatic: boolean, folder?: string): Promise<Received> => {
  sent = [];
  simulator = await start({ notices: { sink: (notice) => { sent.push(notice); }, automatic, afterMs: 0, ...(folder === undefined ? {} : { folder }) } });
  await sendGood(simulator);
  return simulator.received[0]!;
};
afterEach(async () => { await simulator.close(); });
const latin = ({ raw }: Notice): string => raw.toString('latin1');

describe('notices of a mail', () => {
  let mail: Received;
  beforeEach(async () => { mail = await begin(false); });

  test.each(noticeKinds.filter((kind) => kind.startsWith('dsn') || /^patient-(closed|unknown|too)/.test(kind)))('%s is a delivery report (RFC 3464)', async (kind) => {
    const notice = simulator.notify(kind, mail);
    const parts = leaves(latin(notice));
    expect(parts.map((one) => valueOf(one, 'content-type').split(';')[0])).toEqual(['text/plain', 'message/delivery-status', 'text/rfc822-headers']);
    expect(parts[1]?.body).toContain('Original-Envelope-Id: abc-1');
    expect(parts[1]?.body).toContain(`Final-Recipient: rfc822; ${recipient}`);
    expect(parts[2]?.body).toContain('Message-ID: <0190-1@labo-b.mssante.test>');
    expect(notice.to).toBe(sender);
    expect((await simpleParser(notice.raw)).headers.get('auto-submitted')).toBe('auto-replied');
  });
  test('failed, delayed, relayed and expired are told by Action', () => {
    const of = (kind: 'dsn-failed' | 'dsn-delayed' | 'dsn-relayed' | 'dsn-expired') => [/^Action: (.*)$/m, /^Status: (.*)$/m].map((one) => one.exec(latin(simulator.notify(kind, mail)))?.[1]?.trim());
    expect([of('dsn-failed'), of('dsn-delayed'), of('dsn-relayed'), of('dsn-expired')]).toEqual([['failed', '5.1.1'], ['delayed', '4.4.1'], ['relayed', '2.0.0'], ['failed', '4.4.1']]);
  });
  test.each(['mdn-processed', 'mdn-displayed', 'mdn-error-1.1.3', 'mdn-error-1.1.2'] as const)('%s is a reading report (RFC 8098)', (kind) => {
    const parts = leaves(latin(simulator.notify(kind, mail)));
    expect(parts.map((one) => valueOf(one, 'content-type').split(';')[0])).toEqual(['text/plain', 'message/disposition-notification', 'message/rfc822']);
    expect(parts[1]?.body).toContain('Original-Message-ID: <0190-1@labo-b.mssante.test>');
    expect(parts[2]?.body).toContain('X-MSS-NIL: 12345');
  });
  test('each generation says its error in its own way', () => {
    expect(latin(simulator.notify('mdn-error-1.1.3', mail))).toMatch(/Disposition: [^\r]*; processed\/error\r\nError: 902\^[^\r]*applicationErrorCondition/);
    expect(latin(simulator.notify('mdn-error-1.1.2', mail))).toMatch(/Disposition: [^\r]*; processed\/Error: 902\^[^\r]*messageErrorCondition/);
    const broken = latin(simulator.notify('mdn-malformed', mail));
    expect(broken).toContain('Content-Transfert-Encoding: 8bit');
    expect(broken).toMatch(/Message-Id: <[^@>]*>/);
    expect(broken).toContain(Buffer.from('boundary=——').toString('latin1'));
  });
  test.each(noticeKinds)('%s is a mail that opens', async (kind) => {
    const { subject, from } = await simpleParser(simulator.notify(kind, mail).raw);
    expect(subject).not.toBe('');
    expect(from?.value[0]?.address).toMatch(/@/);
  });
  test('foreign, unknown, untrusted, and the same one twice', () => {
    expect(latin(simulator.notify('dsn-relayed', mail, { about: 'foreign' }))).toMatch(/Final-Recipient: rfc822; quelqu-un-d-autre@/);
    const unknown = latin(simulator.notify('mdn-processed', mail, { about: 'unknown' }));
    expect(unknown).toMatch(/Original-Message-ID: <[^>]*@jamais-envoye\.mssante\.test>/);
    expect(latin(simulator.notify('mdn-processed', mail, { about: 'untrusted' }))).toMatch(/^From: intrus@exemple\.test/m);
    sent.length = 0;
    simulator.notify('mdn-processed', mail, { twice: true });
    expect(sent).toHaveLength(2);
    expect(sent[0]?.raw.equals(sent[1]?.raw ?? Buffer.alloc(0))).toBe(true);
  });
});

test('what is asked for comes by itself, to a folder too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-notices-'));
  await begin(true, folder);
  for (let tries = 0; tries < 100 && sent.length < 2; tries++) await new Promise((wake) => { setTimeout(wake, 20); });
  expect(sent.map(({ kind, to }) => [kind, to])).toEqual([['dsn-relayed', sender], ['mdn-processed', sender]]);
  expect(readdirSync(folder).map((one) => readFileSync(join(folder, one), 'latin1')).sort()).toEqual(sent.map(latin).sort());
  rmSync(folder, { recursive: true });
});
