import { describe, expect, it } from '@jest/globals';
import { finding } from '../domain/finding.ts';
import { identifyHl7 } from '../formats/hl7v2/identify.ts';
import { readAck } from '../formats/hl7v2/answers.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { errorLocation } from './err.ts';
import { controlIdOf, hl7Time } from './header.ts';
import { acknowledgementAtOnce, acknowledgementFor } from './plan.ts';
import { acknowledgement } from './technical.ts';

const at = Date.UTC(2026, 2, 1, 9, 15, 30);
const stamp = { controlId: 'P1', at };
const msh = (fields: string) => `MSH|^~\\&|LABO^1.2.3^ISO|990000001|PFI|GRADES|20260301101500||${fields}`;
const answer = (text: string | Uint8Array, code: Parameters<typeof acknowledgement>[1], ...found: Parameters<typeof acknowledgement>[2]) =>
  Buffer.from(acknowledgement(readHl7(Buffer.from(text as string)), code, found, stamp));
const lines = (bytes: Buffer, encoding: BufferEncoding = 'utf8') => bytes.toString(encoding).split('\r');

describe('acknowledgement', () => {
  it('AA: swapped applications, the event, what must be copied, and no ERR whatever was found', () => {
    const bytes = answer(msh('ORU^R01^ORU_R01|M1|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8'), 'AA', finding('hl7v2.broken-line', 'OBX[2]', '7', 'OBX[2]'));
    expect(lines(bytes)).toEqual([
      'MSH|^~\\&|PFI|GRADES|LABO^1.2.3^ISO|990000001|20260301091530+0000||ACK^R01^ACK|P1|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8', 'MSA|AA|M1', '']);
  });

  it('AE: one ERR for each error, with its place, code, severity and French text', () => {
    const bytes = answer(msh('ORU^R01|M1|P|2.6|||||FRA|UNICODE UTF-8'), 'AE',
      finding('hl7v2.no-message-type', 'MSH-9'), finding('facts.ins-differs', 'OBX[1]-5', 'PID-3(2)-1', 'OBX[1]-5'), finding('hl7v2.charset-unknown', 'MSH-18'));
    const [, msa, first, second, end] = lines(bytes);
    expect(msa).toBe('MSA|AE|M1');
    expect(first).toMatch(/^ERR\|\|MSH\^1\^9\|101\^Required field missing\^messageErrorCondition\|E\|\|\|hl7v2\.no-message-type\|MSH-9 \(type du message\) est vide\./);
    expect(second).toMatch(/^ERR\|\|OBX\^1\^5\|207\^Application error\^messageErrorCondition\|E\|904\^L'INS transmis ne correspond pas [^|^]*\^applicationErrorCondition\|\|facts\.ins-differs\|/);
    expect(end).toBe('');
    expect(lines(bytes).every((line) => line.length < 600)).toBe(true);
  });

  it('AR for a frame without MSH: empty MSA-2, and the ERR says why', () => {
    const message = readHl7(Buffer.from('bonjour'));
    const [head, msa, err] = lines(Buffer.from(acknowledgement(message, 'AR', message.findings, stamp)));
    expect(head).toBe('MSH|^~\\&|PASSERELLE||||20260301091530+0000||ACK|P1|P|2.5|||||FRA|UNICODE UTF-8');
    expect(msa).toBe('MSA|AR|');
    expect(err).toMatch(/^ERR\|\|MSH\^1\|100\^Segment sequence error\^messageErrorCondition\|E\|\|\|hl7v2\.no-msh\|/);
  });

  it('AR without MSH-10 answers the event with an empty MSA-2', () => {
    const message = readHl7(Buffer.from(msh('ADT^A28||P|2.5')));
    expect(message.findings.map((one) => one.code)).toEqual(['hl7v2.no-control-id']);
    const [head, msa] = lines(Buffer.from(acknowledgement(message, 'AR', message.findings, stamp)));
    expect([head?.includes('|ACK^A28^ACK|'), msa]).toEqual([true, 'MSA|AR|']);
  });

  it('answers in the charset received, é œ € included', () => {
    const latin9 = Buffer.concat([Buffer.from(msh('ADT^A28|'), 'latin1'), Uint8Array.of(0xbd, 0xa4), Buffer.from('|P|2.5|||||FRA|8859/15')]);
    const [head, msa, err] = lines(answer(latin9, 'AE', finding('hl7v2.no-message-type', 'MSH-9')), 'latin1');
    expect(head?.endsWith('|FRA|8859/15')).toBe(true);
    expect(msa).toBe('MSA|AE|\xbd\xa4');
    expect(err).toContain('l\'\xe9metteur');
    expect(lines(answer(msh('ADT^A28|œ€é|P|2.5|||||FRA|UNICODE UTF-8'), 'AA'))[1]).toBe('MSA|AA|œ€é');
    expect(lines(answer(msh('ADT^A28|œ|P|2.5'), 'AA'))[0]).toMatch(/\|FRA\|UNICODE UTF-8$/);
  });

  it('answers with the usual separators a message that has its own', () => {
    expect(lines(answer('MSH$%*!?$LABO?x%1.2$A$B$C$2026$$ADT%A28$M1$P$2.5', 'AA'))[0]).toMatch(/^MSH\|\^~\\&\|B\|C\|LABO&x\^1\.2\|A\|/);
  });

  it('CA and CE are the commit acknowledgements', () => {
    expect(lines(answer(msh('ADT^A28|M1|P|2.5|||AL|AL'), 'CA'))[1]).toBe('MSA|CA|M1');
    expect(lines(answer(msh('ADT^A28|M1|P|2.5|||AL|AL'), 'CE', finding('hl7v2.no-message-type', 'MSH-9')))).toHaveLength(4);
  });

  it('can be read back', () => {
    const bytes = answer(msh('ORU^R01|M1|P|2.5'), 'AE', finding('facts.ins-differs', 'PID-3(2)-4-2', 'a', 'b'));
    expect(identifyHl7(bytes).type).toBe('ACK');
    expect(readAck(readHl7(bytes))).toEqual({
      code: 'AE', controlId: 'M1', errors: [{ place: 'PID-3(2)-4-2', code: '207', severity: 'E', application: { code: '904', system: 'applicationErrorCondition' } }],
    });
    expect(readAck(readHl7(Buffer.from(msh('ORU^R01|M1'))))).toBeNull();
  });
});

describe('errorLocation', () => {
  it.each([
    ['PID-3(2)-4-2', 'PID^1^3^2^4^2'], ['OBX[2]-5', 'OBX^2^5^^^'], ['MSH-10', 'MSH^1^10^^^'], ['PID-3-4', 'PID^1^3^1^4^'], ['MSH', 'MSH^1^^^^'],
    ['OBX[1]-5/ClinicalDocument', 'OBX^1^5^^^'], ['line 12', ''], ['DESTDMP', ''], ['', ''], ['/ClinicalDocument/id', ''],
  ])('%s', (location, erl) => expect(errorLocation(location).join('^')).toBe(erl));
});

describe('the stamp', () => {
  it('gives a control id of 20 characters, always the same', () => {
    expect(controlIdOf('trace', 'AA')).toBe(controlIdOf('trace', 'AA'));
    expect(controlIdOf('trace', 'AA')).toMatch(/^[0-9a-f]{20}$/);
    expect(controlIdOf('trace', 'CA')).not.toBe(controlIdOf('trace', 'AA'));
  });
  it('writes times in UTC whatever the machine’s zone', () => expect(hl7Time(at)).toBe('20260301091530+0000'));
});

describe('acknowledgements of the plan', () => {
  const bytes = Buffer.from(msh('ORU^R01|M1|P|2.5'));
  const input = { bytes, trace: 'trace', receivedAt: at };
  const reading = { format: 'hl7v2', identified: identifyHl7(bytes), message: readHl7(bytes), documents: [], findings: [] } as const;
  it('has none for what is not to be acknowledged', () => {
    expect(acknowledgementFor(reading, null, [], input)).toBeNull();
    const ack = Buffer.from('MSH|^~\\&|A|B|||||ACK^R01|2|P|2.5\rMSA|AA|1');
    expect(acknowledgementAtOnce(identifyHl7(ack), 'AR', [], { ...input, bytes: ack })).toBeNull();
  });
  it('is the same made from the reading or from the bytes', () => {
    const made = acknowledgementFor(reading, 'AA', [], input);
    expect(made?.code).toBe('AA');
    expect(acknowledgementAtOnce(identifyHl7(bytes), 'AA', [], input)).toEqual(made?.bytes);
  });
  it('answers unknown bytes AR, and CDA with an OperationOutcome', () => {
    const nothing = Buffer.from('<html/>');
    const unknown = acknowledgementFor({ format: 'unknown', identified: identifyHl7(nothing), documents: [], findings: [] }, 'AR', [finding('hl7v2.no-msh', 'MSH')], { ...input, bytes: nothing });
    expect(Buffer.from(unknown!.bytes).toString()).toContain('MSA|AR|\rERR|');
    const cda = { ...identifyHl7(nothing), format: 'cda' as const, type: 'CDA' };
    const said = JSON.parse(Buffer.from(acknowledgementAtOnce(cda, 'AE', [finding('hl7v2.no-msh', 'x')], input)!).toString()) as { resourceType: string; issue: { code: string; expression: string[] }[] };
    expect([said.resourceType, said.issue[0]?.code, said.issue[0]?.expression]).toEqual(['OperationOutcome', 'structure', ['x']]);
    expect(Buffer.from(acknowledgementAtOnce(cda, 'AA', [], input)!).toString()).toContain('"severity":"information"');
  });
});
