import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { planned, withCda } from '../test/samples/region.ts';

// Not to the DMP, which by itself wants the INS in the document.
const message = Buffer.from(readFileSync(new URL('../fixtures/hl7v2/volet/oru-initial/in.hl7', import.meta.url), 'latin1').replace(/(DESTDMP\^[^|]*\|\|)Y/u, '$1N'), 'latin1');
const testIns = '<id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>';
const plan = (bytes: Uint8Array) => planned({ bytes, trace: 'a' }, 'http://x').outcome;
const codes = (bytes: Uint8Array) => plan(bytes).findings.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.location}`);

describe('a CDA that is wrong about its own patient, in a message that is right', () => {
  it('is taken when nothing is wrong', () => {
    expect([plan(message).ack, codes(message)]).toEqual(['AA', []]);
  });
  it.each([
    ['an INS whose key is wrong', testIns.replace('8989"', '8911"'), 'identity.ins-key OBX[1]-5/recordTarget/patientRole/id[1]'],
    ['an INS without key', testIns.replace('8989"', '89"'), 'identity.ins-format OBX[1]-5/recordTarget/patientRole/id[1]'],
    ['two INS', `${testIns}<id root="1.2.250.1.213.1.4.8" extension="277076322082910"/>`, 'identity.ins-contradiction OBX[1]-5/recordTarget/patientRole/id[2]'],
  ])('%s: refused, and the place is in the document', (_, ids, said) => {
    const bytes = withCda(message, (cda) => cda.replace(testIns, ids));
    expect([plan(bytes).ack, plan(bytes).rows, codes(bytes)]).toEqual(['AE', [], [said]]);
  });
});

it('a test INS in the document alone makes the message one of test', () => {
  const production = Buffer.from(message.toString('latin1').replace('|VOL0001|T|', '|VOL0001|P|').replace(/279035121518989\^\^\^ASIP-SANTE-INS-NIR&1\.2\.250\.1\.213\.1\.4\.10&ISO\^INS~/u, ''), 'latin1');
  const tests = (bytes: Uint8Array) => plan(bytes).rows.filter((one) => one.destination === 'region').map((one) => one.gate.test);
  expect(tests(withCda(production, (cda) => cda.replace(testIns, '')))).toEqual([false]);
  expect(tests(production)).toEqual([true]);
});
