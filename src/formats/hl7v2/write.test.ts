import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readHl7 } from './read.ts';
import { rewriteHl7, segment, writeHl7 } from './write.ts';

describe('writeHl7', () => {
  it('writes fields at their HL7 numbers, without trailing emptiness in a field', () => {
    const bytes = writeHl7([
      segment('MSH', { 3: 'PASSERELLE', 9: ['ACK', 'R01', 'ACK'], 10: '7' }),
      segment('PID', { 3: { repeated: [['1', '', '', ['CHU', '1.2', 'ISO'], 'PI'], 'x'] }, 6: '""', 7: ['a', '', ''] }),
    ]);
    expect(Buffer.from(bytes).toString()).toBe('MSH|^~\\&|PASSERELLE||||||ACK^R01^ACK|7\rPID|||1^^^CHU&1.2&ISO^PI~x|||""|a\r');
  });

  it.each(['utf-8', 'iso-8859-15', 'windows-1252'] as const)('é œ € and every separator come back in %s', (used) => {
    const text = 'é œ € | ^ ~ \\ & \n fin';
    const declared = { 'utf-8': 'UNICODE UTF-8', 'iso-8859-15': '8859/15', 'windows-1252': '8859/1' }[used];
    const message = readHl7(writeHl7([segment('MSH', { 9: 'ACK', 10: '1', 18: declared }), segment('NTE', { 3: ['a', text, ['b', text]] })], used));
    expect([message.charset.used, message.first('NTE').text(3, 2), message.first('NTE').field(3).repetition(1).text(3, 2)]).toEqual([used, text, text]);
    expect(message.findings).toEqual([]);
  });

  it('writes received bytes as they are', () => {
    const bytes = writeHl7([segment('MSH', { 9: 'ACK', 10: '1' }), segment('MSA', { 1: 'AA', 2: { raw: Buffer.from('a^b\\F\\') } })]);
    expect(Buffer.from(bytes).toString()).toContain('MSA|AA|a^b\\F\\\r');
  });

  it('any texts come back', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '|', '^', '~', '\\', '&', '\r', '\n', 'é', '€') }).filter((value) => value !== '');
    fc.assert(fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }), (repetitions) => {
      const message = readHl7(writeHl7([segment('MSH', { 9: 'ACK', 10: '1' }), segment('NTE', { 3: { repeated: repetitions } })]));
      expect(message.first('NTE').field(3).repetitions.map((r) => r.components.map((c) => c.text))).toEqual(repetitions);
    }));
  });
});

describe('rewriteHl7', () => {
  it('gives a canonical message back byte for byte', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '^', '~', '&', '\\F\\', '"', 'é', '1') });
    const line = fc.tuple(fc.constantFrom('PID', 'OBX', 'ZBE', 'NTE'), fc.array(cell)).map(([name, cells]) => [name, ...cells].join('|'));
    fc.assert(fc.property(fc.array(line), fc.constantFrom('utf8', 'latin1'), (lines, encoding) => {
      const bytes = Buffer.from(`${['MSH|^~\\&|A|B|||||ADT^A28|2|P|2.5', ...lines].join('\r')}\r`, encoding as BufferEncoding);
      expect(Buffer.from(rewriteHl7(readHl7(bytes)))).toEqual(bytes);
    }));
  });
});
