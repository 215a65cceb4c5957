import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from './lines.ts';
import { splitMessages } from './split.ts';

const split = (text: string) => splitMessages(Buffer.from(text)).map((piece) => Buffer.from(piece).toString());
const one = 'MSH|^~\\&|A|B|||||ADT^A28|1|P|2.5\rPID|1';
const two = 'MSH|^~\\&|A|B|||||ADT^A28|2|P|2.5\rPID|2\rPV1|1';

describe('splitMessages', () => {
  it('gives each message of a body as a view', () => {
    expect(split(`${one}\r${two}\r`)).toEqual([one, two]);
    expect(split(`${one}\r\n\r\n\x1c\r\n\x0b${two}`)).toEqual([one, two]);
    const bytes = Buffer.from(one);
    expect(splitMessages(bytes)[0]?.buffer).toBe(bytes.buffer);
  });
  it('strips batch envelopes, even a bare one', () => {
    expect(split(`FHS|^~\\&|A\rBHS|^~\\&\r${one}\r${two}\rBTS|2\rFTS|1\r`)).toEqual([one, two]);
    expect(split(`FHS|^~\\&\r${one}\rFTS`)).toEqual([one]);
  });
  it('loses nothing: what precedes the first MSH stays with it', () => {
    expect(split(`bonjour\r${one}`)).toEqual([`bonjour\r${one}`]);
    expect(split('PID|1\rPID|2')).toEqual(['PID|1\rPID|2']);
    expect(split('')).toEqual(['']);
  });
  it('keeps every line that is neither blank nor an envelope, in order', () => {
    const line = fc.constantFrom('MSH|^~\\&|A', 'PID|1', 'BHS|x', 'FTS', 'texte', 'FTSA', '');
    fc.assert(fc.property(fc.array(line), fc.constantFrom('\r', '\n', '\r\n'), (lines, end) => {
      const kept = split(lines.join(end)).flatMap((piece) => piece.split(/\r\n|\r|\n/)).filter((text) => text !== '');
      if (lines.some((text) => text !== '' && !/^(BHS|FTS)(\||$)/.test(text))) expect(kept).toEqual(lines.filter((text) => text !== '' && !/^(BHS|FTS)(\||$)/.test(text)));
    }));
  });
});

describe('linesOf', () => {
  it('cuts as a plain split would', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\r', '\n', 'é') }), (text) => {
      const buffer = Buffer.from(text, 'latin1');
      const lines = [...linesOf(buffer)].map(({ start, end }) => buffer.toString('latin1', start, end));
      expect(lines).toEqual(text.split(/\r\n|\r|\n/).map((line) => line.replace(/^ +| +$/g, '')).filter((line) => line !== ''));
    }));
  });
});
