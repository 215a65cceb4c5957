import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { goodMail, recipient, sender } from '../../../test/mssante/good-mail.ts';
import { judge } from './judge.ts';
import { filename, readMail } from './read-mail.ts';
import { leaves, split } from './read-mime.ts';

const around = {
  connection: { protocol: 'TLSv1.3', subject: '', fault: null }, earlier: new Map(), trusted: () => true, limitBytes: 25 << 20, nil: null,
  envelope: { from: sender, recipients: [{ address: recipient, notify: [], orcpt: '' }], envid: '', ret: '', body: '' },
} as const;
const judged = async (raw: Buffer): Promise<number> => judge(await readMail(raw, around)).length;

describe('whatever comes is read and judged', () => {
  test('any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => { expect(await judged(Buffer.from(bytes))).toBeGreaterThan(50); }), { numRuns: 60 });
  });
  test('a good mail with bytes changed, cut or put twice', async () => {
    const { raw } = await goodMail();
    await fc.assert(fc.asyncProperty(fc.nat(raw.length - 1), fc.nat(255), fc.constantFrom('change', 'cut', 'twice'), async (at, byte, how) => {
      const spoilt = how === 'cut' ? raw.subarray(0, at) : how === 'twice' ? Buffer.concat([raw.subarray(0, at), raw.subarray(Math.max(0, at - byte))]) : Buffer.from(raw);
      if (how === 'change') spoilt[at] = byte;
      expect(await judged(spoilt)).toBeGreaterThan(50);
    }), { numRuns: 100 });
  });
  test('multipart within multipart, for ever', async () => {
    const deep = Array.from({ length: 500 }, (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`).join('');
    expect(leaves(deep)).toHaveLength(1);
    expect(await judged(Buffer.from(deep))).toBeGreaterThan(50);
  });
});

describe('as written', () => {
  test('headers: exact names, folded lines joined', () => {
    expect(split('X-Mss-Ins: O\r\nSubject: un\r\n deux\r\n\r\ncorps\r\n')).toEqual({ headers: [{ name: 'X-Mss-Ins', value: 'O', raw: 'X-Mss-Ins: O' }, { name: 'Subject', value: 'un deux', raw: 'Subject: un\r\n deux' }], body: 'corps\r\n' });
  });
  test.each([
    ['attachment; filename="a.pdf"', 'a.pdf'], ['attachment; filename=a.pdf', 'a.pdf'], ['attachment; filename*=UTF-8\'\'m%C3%A9dical.pdf', 'médical.pdf'],
    ['attachment; filename*0*=utf-8\'\'CR%20m; filename*1*=%C3%A9dical.pdf', 'CR médical.pdf'], ['attachment', ''], ['attachment; filename*=UTF-8\'\'%E9', ''],
  ])('%s', (disposition, name) => { expect(filename(disposition)).toBe(name); });
});
