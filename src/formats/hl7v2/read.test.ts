import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readHl7 } from './read.ts';

const msh = 'MSH|^~\\&|LABO|990000001|PFI|GRADES|20260301101500||ORU^R01^ORU_R01|M1|P|2.5|||||FRA|UNICODE UTF-8';
const read = (...lines: string[]) => readHl7(Buffer.from([msh, ...lines].join('\r') + '\r'));
const codes = (bytes: Uint8Array) => readHl7(bytes).findings.map((f) => `${f.code}@${f.location}`);

describe('readHl7: values', () => {
  const message = read(
    'PID|1||IPP1^^^CHU&1.2.250.1.999&ISO^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||PAT-TROIS^DOMINIQUE^^^^^L|""|19790328',
    'OBX|1|NM|2345-7^Glucose^LN||5.4', 'OBX|2|ED|11502-2^CR^LN||^TEXT^XML^Base64^QUJD||||||F');

  it('gives every level with its place', () => {
    const ins = message.first('PID').field(3).repetition(2).component(4);
    expect(ins.subs).toEqual(['ASIP-SANTE-INS-NIR', '1.2.250.1.213.1.4.10', 'ISO']);
    expect(ins.sub(2)).toBe('1.2.250.1.213.1.4.10');
    expect(ins.place).toBe('PID-3(2)-4');
    expect(message.first('PID').field(5).repetition(1).component(7).place).toBe('PID-5-7');
    expect(message.all('OBX')[1]?.field(5).repetition(1).component(5).place).toBe('OBX[2]-5-5');
    expect(message.all('OBX')[1]?.text(5, 5)).toBe('QUJD');
    expect(message.first('PID').text(3)).toBe('IPP1');
  });

  it('tells an absent field from one the sender deletes', () => {
    const pid = message.first('PID');
    expect([pid.field(6).isNull, pid.field(6).isEmpty, pid.text(6)]).toEqual([true, false, '']);
    expect([pid.field(2).isNull, pid.field(2).isEmpty]).toEqual([false, true]);
    expect([pid.field(40).isEmpty, pid.field(40).place, pid.size]).toEqual([true, 'PID-40', 7]);
  });

  it('stands empty things for absent ones', () => {
    const absent = message.first('ZBE');
    expect([absent.index, absent.size, absent.text(1), absent.field(9).repetition(1).component(3).text, message.has('ZBE')]).toEqual([-1, 0, '', '', false]);
    expect(message.all('ZBE')).toEqual([]);
  });

  it('reads MSH-1 and MSH-2 as themselves', () => {
    const head = message.first('MSH');
    expect([head.text(1), head.text(2), head.field(2).text, head.text(9, 3), head.text(18)]).toEqual(['|', '^~\\&', '^~\\&', 'ORU_R01', 'UNICODE UTF-8']);
  });

  it('gives a large field as a view of the received bytes', () => {
    const bytes = Buffer.from(`${msh}\rOBX|1|ED|||^TEXT^XML^Base64^${'QUJD'.repeat(100_000)}||||||F\r`);
    const slice = readHl7(bytes).first('OBX').field(5).repetition(1).component(5).slice;
    expect([slice.length, slice.buffer === bytes.buffer]).toEqual([400_000, true]);
  });
});

describe('readHl7: lines', () => {
  const lines = [msh, 'PID|1||A', 'PV1|1|I', 'OBX|1|ST|||x'];
  it.each(['\r', '\n', '\r\n', '\n\r\n', '  \r'])('takes %j between segments', (end) => {
    for (const text of [lines.join(end), lines.join(end) + end, `\uFEFF${lines.join(end)}`, `\n\x0b${lines.join(end)}\x1c\r`]) {
      const message = readHl7(Buffer.from(text));
      expect(message.segments.map((s) => s.name)).toEqual(['MSH', 'PID', 'PV1', 'OBX']);
      expect(message.first('OBX').text(5)).toBe('x');
      expect(message.findings).toEqual([]);
    }
  });

  it('takes mixed line ends', () => {
    expect(readHl7(Buffer.from(`${msh}\rPID|1\n\nPV1|1\r\nOBX|1`)).segments).toHaveLength(4);
  });

  it('reports a line that is no segment, with its number', () => {
    expect(codes(Buffer.from(`${msh}\rPID|1\rpatient suivant\rPV1|1`))).toEqual(['hl7v2.not-a-segment@line 3']);
  });

  it('reads a broken value as one value, and says so', () => {
    const message = readHl7(Buffer.from(`${msh}\rOBX|1|ED|||^TEXT^XML^Base64^QUJD\nREVG\nR0hJ||||||F\rOBX|2`));
    const [obx] = message.all('OBX');
    expect(Buffer.from(obx!.field(5).repetition(1).component(5).slice).toString()).toBe('QUJD\nREVG\nR0hJ');
    expect(obx!.text(11)).toBe('F');
    expect(message.findings.map((f) => [f.code, f.location, f.severity])).toEqual([['hl7v2.broken-line', 'OBX[1]', 'warning']]);
  });

  it('takes three capitals in a text for a word, and never loses them', () => {
    const message = readHl7(Buffer.from(`${msh}\rOBX|1|FT|||Bilan\nNFS\nnormale, CRP\nRAS||||||F\rNTE|1||Voir\nTSH\rZBE|1\rPV2|1`));
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'OBX', 'NTE', 'ZBE', 'PV2']);
    expect([message.first('OBX').text(5), message.first('OBX').text(11), message.first('NTE').text(3)]).toEqual(['Bilan\nNFS\nnormale, CRP\nRAS', 'F', 'Voir\nTSH']);
    expect(message.findings.map((f) => `${f.code}@${f.location}`)).toEqual(['hl7v2.broken-line@OBX', 'hl7v2.broken-line@NTE']);
  });

  it('reads an UTF-8 text of which a letter was cut, the other accents being right', () => {
    const bytes = Buffer.concat([Buffer.from(`${msh.replace(/\|*$/u, '')}\rPID|1||42||LEFÈVRE^HÉLÈNE`), Buffer.from([0xc3]), Buffer.from('||19790328')]);
    const message = readHl7(bytes);
    expect([message.first('PID').text(5), message.first('PID').text(5, 2), message.first('PID').text(7)]).toEqual(['LEFÈVRE', 'HÉLÈNE\ufffd', '19790328']);
    expect(message.findings.map(({ code }) => code)).toContain('hl7v2.charset-damaged');
  });
  it('is not fooled by a Latin-9 text', () => {
    const message = readHl7(Buffer.from(`${msh}\rPID|1||42||LEFÈVRE^HÉLÈNE`, 'latin1'));
    expect([message.first('PID').text(5, 2), message.findings.map(({ code }) => code).includes('hl7v2.charset-damaged')]).toEqual(['HÉLÈNE', false]);
  });

  it('reports two messages stuck together', () => {
    expect(codes(Buffer.from(`${msh}\rPID|1\r${msh}\rPID|2`))).toEqual(['hl7v2.second-msh@MSH[2]']);
  });

  it('reports bytes that are no message, once, whatever their size', () => {
    expect(codes(Buffer.from('PID|1\r'.repeat(5)))).toEqual(['hl7v2.no-msh@MSH']);
    expect(codes(Buffer.alloc(0))).toEqual(['hl7v2.no-msh@MSH']);
    expect(codes(Buffer.from(`${msh}\r${'x\r'.repeat(5_000)}`)).length).toBeLessThanOrEqual(20);
  });

  it('asks for a type and a control id', () => {
    expect(codes(Buffer.from('MSH|^~\\&|A|B|C|D|2026||||P|2.5'))).toEqual(['hl7v2.no-message-type@MSH-9', 'hl7v2.no-control-id@MSH-10']);
  });
});

describe('readHl7: separators', () => {
  it('follows what MSH declares', () => {
    const message = readHl7(Buffer.from('MSH$%*!?$A$B$C$D$2026$$ORU%R01$1$P$2.5\rPID$1$$a?b%c*d!S!e'));
    expect(message.separators).toEqual({ field: '$', component: '%', repetition: '*', escape: '!', subcomponent: '?' });
    expect(message.first('PID').field(3).repetitions.map((r) => r.components.map((c) => c.subs))).toEqual([[['a', 'b'], ['c']], [['d%e']]]);
    expect(message.findings.map((f) => f.code)).toEqual(['hl7v2.separators-unusual']);
  });

  it('follows a separator of several bytes (U+02DC seen in an ANS example)', () => {
    const message = readHl7(Buffer.from('MSH|^˜\\&|A|B|C|D|2026||ORU^R01|1|P|2.5|||||FRA|UNICODE UTF-8\rPID|1||a^b˜é^d'));
    expect(message.first('PID').field(3).repetitions.map((r) => r.text(1))).toEqual(['a', 'é']);
    expect(message.findings.map((f) => f.code)).toEqual(['hl7v2.separators-unusual']);
  });

  it.each(['MSH|^~\\\\&|', 'MSH|^~|', 'MSH||', 'MSH|^^^^|', 'MSH|abcd|'])('stands the usual separator for what %j does not declare', (start) => {
    const message = readHl7(Buffer.from(`${start}A|B|C|D|2026||ORU^R01|1|P|2.5\rPID|1||a&b^c~d`));
    expect(message.findings.map((f) => `${f.code}@${f.location}`)).toContain('hl7v2.separators-invalid@MSH-2');
    expect(message.separators.subcomponent).toBe('&');
  });
});

describe('readHl7: any bytes', () => {
  const walk = (bytes: Uint8Array): number => {
    let seen = 0;
    for (const segment of readHl7(bytes).segments) {
      for (let n = 0; n <= segment.size + 1; n++) {
        for (const repetition of segment.field(n).repetitions) for (const component of repetition.components) seen += component.subs.length + component.place.length;
        seen += segment.text(n, 2).length;
      }
    }
    return seen;
  };
  const piece = fc.constantFrom('MSH', '|', '^', '~', '\\', '&', '^~\\&', '\r', '\n', 'PID', 'OBX|', '""', '\\X', '\\.sp9999\\', 'é', '\uFEFF', '\x0b', ' ', 'UNICODE UTF-8', 'A');
  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => walk(bytes) >= 0));
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => walk(Buffer.from(pieces.join(''))) >= 0));
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => walk(Buffer.from(`MSH${pieces.join('')}`, 'latin1')) >= 0));
  });

  it('gives text(n, c) and the views the same texts', () => {
    // A header without escape character has lines of plain text everywhere, its own included.
    fc.assert(fc.property(fc.constantFrom(msh, 'MSH|^~|A^B|C|D~E&F'), fc.array(piece, { maxLength: 60 }), (header, pieces) => {
      for (const segment of readHl7(Buffer.from(`${header}\rPID|${pieces.join('')}`)).segments) {
        for (let n = 1; n <= segment.size; n++) for (let c = 1; c < 4; c++) expect(segment.text(n, c)).toBe(segment.field(n).repetition(1).text(c));
      }
    }));
  });
});
