import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { formatContract } from '../../../test/contract/format.ts';
import { identifyHl7 } from './identify.ts';
import type { Hl7Message } from './model.ts';
import { readHl7 } from './read.ts';
import { splitMessages } from './split.ts';
import { rewriteHl7, segment, writeHl7 } from './write.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/hl7v2/codec/${name}/in.hl7`, import.meta.url));

function walk(message: Hl7Message): number {
  let seen = 0;
  for (const one of message.segments) {
    for (let n = 1; n <= one.size; n++) for (const repetition of one.field(n).repetitions) for (const component of repetition.components) seen += component.subs.join('').length + component.place.length;
  }
  return seen;
}

const written = (declared: string, used: 'utf-8' | 'iso-8859-15') => (text: string): Uint8Array =>
  writeHl7([segment('MSH', { 9: ['ADT', 'A28'], 10: '1', 18: declared }), segment('PID', { 5: [text, 'x'] })], used);

formatContract<Hl7Message>('hl7v2', {
  identify: identifyHl7, read: readHl7, findings: (message) => message.findings, walk, write: rewriteHl7,
  canonical: ['utf-8', '8859-15', 'separators'].map((name) => [name, fixture(name)]),
  pieces: ['MSH|^~\\&|', 'MSH', '|', '^', '~', '\\', '&', '\\T\\', '\\X41\\', '\r', '\n', 'PID', 'OBX|1|', 'ADT^A28', '""', 'é', 'UNICODE UTF-8', '\uFEFF', ' ', 'suite'],
  charsets: [['UTF-8', written('UNICODE UTF-8', 'utf-8')], ['ISO-8859-15', written('8859/15', 'iso-8859-15')]],
  textOf: (message) => message.first('PID').text(5),
});

describe('fixtures/hl7v2/codec', () => {
  const read = (name: string) => readHl7(fixture(name));
  const findings = (name: string) => read(name).findings.map((one) => `${one.severity} ${one.code} ${one.location}`);
  it('the same patient, whatever the charset, the separators and the line ends', () => {
    const said = (message: Hl7Message) => [message.first('PID').field(3).repetition(2).text(4, 2), message.first('PID').field(5).repetition(2).text(2), message.first('PID').field(6).isNull];
    for (const name of ['utf-8', '8859-15', 'separators', 'line-ends']) expect(said(read(name))).toEqual(['1.2.250.1.213.1.4.10', 'ÉLÉONORE', true]);
    for (const name of ['utf-8', '8859-15']) expect([read(name).first('NTE').text(3), findings(name)]).toEqual(['Reçu : 12 € & été', []]);
    expect([findings('line-ends'), findings('separators')]).toEqual([[], ['warning hl7v2.separators-unusual MSH-2']]);
  });
  it('a batch gives its messages', () => {
    expect(splitMessages(fixture('batch')).map((one) => identifyHl7(one).controlId)).toEqual(['C5', 'C6']);
  });
  it('a broken value is one value; a stray line is an error', () => {
    expect(findings('broken-base64')).toEqual(['warning hl7v2.broken-line OBX']);
    expect(Buffer.from(Buffer.from(read('broken-base64').first('OBX').field(5).repetition(1).component(5).slice).toString(), 'base64').toString()).toBe('<ClinicalDocument/>');
    expect(findings('stray-line')).toEqual(['error hl7v2.not-a-segment line 3']);
  });
});
