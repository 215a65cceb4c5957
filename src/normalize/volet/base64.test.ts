import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64 } from './base64.ts';

const decode = (text: string) => decodeBase64(Buffer.from(text, 'latin1'));
const bytes = fc.uint8Array({ maxLength: 200 }).map(array => Buffer.from(array));

describe('base64 of OBX-5.5', () => {
  test('what was encoded comes back, strictly', () => {
    fc.assert(fc.property(bytes, data => { expect(decode(data.toString('base64'))).toEqual({ bytes: new Uint8Array(data), defects: [] }); }));
  });
  test('what was encoded comes back without padding, folded, or as a data URI, and the defect is told', () => {
    const some = fc.uint8Array({ minLength: 1, maxLength: 200 }).map(array => Buffer.from(array));
    fc.assert(fc.property(some, fc.constantFrom('\r\n', '\n', ' ', '\t', '\\.br\\', '\\X0D\\', '\\X0D0A\\'), fc.nat(), (data, space, at) => {
      const text = data.toString('base64');
      const fold = at % text.length;
      expect(decode(text.slice(0, fold) + space + text.slice(fold))).toEqual({ bytes: new Uint8Array(data), defects: ['white-space'] });
      expect(decode(text.replace(/=+$/u, ''))).toEqual({ bytes: new Uint8Array(data), defects: data.length % 3 === 0 ? [] : ['padding'] });
      expect(decode(`data:text/xml;charset=utf-8;base64,${text}`)).toEqual({ bytes: new Uint8Array(data), defects: ['data-uri'] });
    }));
  });
  test.each(['QQ', 'Q Q', 'data:text/xml;base64,QQ'])('several defects at once: %j', text => { expect(decode(text)?.bytes).toEqual(new Uint8Array([0x41])); });
  test.each(['Q', 'QQQQQ', 'QQ*=', 'QQ-_', 'QQ=Q', '=QQQ', 'QQ===', 'Q\\E\\QQ', 'data:text/xml,QQ==', 'é'])('%j cannot be read', text => { expect(decode(text)).toBeNull(); });
  test('no bytes make it throw; what it reads is at most three quarters of them', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), text => { expect(decodeBase64(text)?.bytes.length ?? 0).toBeLessThanOrEqual(text.length * 3 / 4); }));
  });
});
