import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentDigest, identifyHl7 } from './identify.ts';

const oru = 'MSH|^~\\&|LABO^1.2^ISO|990000001|PFI|GRADES|20260301101500||ORU^R01^ORU_R01|M1|P|2.5|||||FRA|UNICODE UTF-8\rPID|1';
const hex = (text: string) => Buffer.from(contentDigest(Buffer.from(text))).toString('hex');

describe('identifyHl7', () => {
  it('says who, what and how from MSH alone', () => {
    expect(identifyHl7(Buffer.from(oru))).toEqual({
      format: 'hl7v2', type: 'ORU^R01', sender: 'LABO|990000001', controlId: 'M1', charset: 'UNICODE UTF-8', processing: 'P', enhanced: false,
    });
  });
  it('calls every acknowledgement ACK', () => {
    expect(identifyHl7(Buffer.from('\n MSH|^~\\&|A|B|||||ACK^R01^ACK|2|P|2.5')).type).toBe('ACK');
    expect(identifyHl7(Buffer.from('MSH|^~\\&|A|B|||||ZAM^Z01^ZAM_Z01|2|P|2.6')).type).toBe('ZAM^Z01');
  });
  it.each(['DUPONT^JEAN', '279035121518989', 'ORUS^R01', 'ORU^R011', 'oru^r01', 'ORU^R01 '.repeat(99)])('calls MSH-9 %j other, and tells nothing of it', (text) => {
    expect(identifyHl7(Buffer.from(`MSH|^~\\&|A|B|||||${text}|2|P|2.5`)).type).toBe('other');
  });
  it.each([['AL|NE', true], ['ER|AL', true], ['SU', true], ['NE|AL', false], ['|AL', false], ['NE|NE', false], ['X', false], ['', false]])('MSH-15/16 %s: enhanced mode %s', (fields, enhanced) => {
    expect(identifyHl7(Buffer.from(`MSH|^~\\&|A|B|||||ORU^R01|2|P|2.5|||${fields}`)).enhanced).toBe(enhanced);
  });
  it.each(['', 'MSH', 'MSHABC', 'PID|1', '<ClinicalDocument/>', '\xff\xfe'])('%j is unknown', (text) => expect(identifyHl7(Buffer.from(text, 'latin1')).format).toBe('unknown'));
  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => { identifyHl7(bytes); contentDigest(Buffer.concat([Buffer.from('MSH|'), bytes])); }));
  });
});

describe('contentDigest', () => {
  it('does not see MSH-7 and sees everything else', () => {
    expect(hex(oru.replace('20260301101500', '20260302'))).toBe(hex(oru));
    expect(hex(oru.replace('20260301101500', ''))).toBe(hex(oru));
    for (const other of [oru.replace('M1', 'M2'), `${oru}|`, oru.replace('PID|1', 'PID|2')]) expect(hex(other)).not.toBe(hex(oru));
  });
  it('hashes a view by its own bytes', () => {
    const holder = Buffer.from(`xxxx${oru}yyy`);
    expect(Buffer.from(contentDigest(holder.subarray(4, 4 + oru.length))).toString('hex')).toBe(hex(oru));
  });
});
