import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { deliver, planned, withCda } from '../../test/samples/region.ts';
import { startRegionalSimulator, type RegionalSimulator } from './simulator.ts';

const volet = (name: string): Buffer => readFileSync(new URL(`../../fixtures/hl7v2/volet/${name}/in.hl7`, import.meta.url));
const lines = (...all: string[]): Buffer => Buffer.from(`${all.join('\r')}\r`);
const header = (id: string, type = 'ORU^R01^ORU_R01'): string => `MSH|^~\\&|SIL|LABO|PFI|REGION|20261122083000+0100||${type}|${id}|P|2.5|||||FRA|UNICODE UTF-8`;
const claire = '42^^^LABO&1.2.250.1.999.9&ISO^PI', louise = '43^^^LABO&1.2.250.1.999.9&ISO^PI', insOnly = '279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS';
/** One report with one value, its specimen and its order. */
const report = (patient: string, filler: string, value: string, status = 'F'): Buffer => lines(header('C1'), `PID|1||${patient}||ROUSSEAU^CLAIRE^^^^^L||19790328|F${patient.includes('^INS') ? `${'|'.repeat(24)}VALI` : ''}`,
  `ORC|RE||${filler}`, `OBR|1||${filler}|11502-2^Bio^LN|||20261122073000+0100||||||||||||||||||${status}`, `OBX|1|NM|718-7^Hb^LN||${value}|g/dL|||||${status}`, 'SPM|1|||119297000^Sang^SCT');

let simulator: RegionalSimulator;
beforeAll(async () => { simulator = await startRegionalSimulator(); });
beforeEach(() => { simulator.reset(); });
afterAll(async () => { await simulator.close(); });

interface Stored { readonly id: string; readonly subject: { readonly reference: string }; readonly status: string; readonly identifier: readonly { readonly system: string; readonly value: string }[]; readonly valueQuantity: { readonly value: number }; readonly result: readonly { readonly reference: string }[]; readonly basedOn?: readonly { readonly reference: string }[] }
const stored = (type: string): Stored[] => simulator.resources(type) as unknown as Stored[];
const send = async (bytes: Uint8Array, trace: string): Promise<void> => { expect(await deliver({ bytes, trace }, simulator)).toMatchObject({ kind: 'delivered' }); };
const broken = (): string[] => simulator.report().rules.filter((one) => one.broken > 0).map(({ name }) => name);

describe('an order number used again', () => {
  it.each([['without authority', 'F1'], ['with one', 'F1^LABO^1.2.250.1.999.8^ISO'], ['absent, and the control id again', '']])('%s: never another patient’s results', async (_, filler) => {
    await send(report(claire, filler, '13.2'), 'a');
    await send(report(louise, filler, '7.1'), 'b');
    expect(simulator.report()).toMatchObject({ stored: { Patient: 2, DiagnosticReport: 2, Observation: 2, Specimen: 2 } });
    expect(stored('Observation').map((one) => one.valueQuantity.value)).toEqual([13.2, 7.1]);
    // Nothing of one patient leads to a thing of the other.
    for (const type of ['Observation', 'Specimen', 'DiagnosticReport', 'ServiceRequest']) {
      const subjects = stored(type).map((one) => one.subject.reference);
      expect(new Set(subjects).size).toBe(subjects.length);
    }
    const bySubject = new Map([...stored('Observation'), ...stored('ServiceRequest')].map((one) => [one.id, one.subject.reference]));
    for (const one of stored('DiagnosticReport')) {
      for (const { reference } of [...one.result, ...(one.basedOn ?? [])]) expect(bySubject.get(reference.split('/')[1] ?? '')).toBe(one.subject.reference);
    }
    expect(broken()).toEqual([]);
  });

  it.each([['known by the number of the establishment', claire], ['known by the INS alone', insOnly], ['whose INS came later', `${insOnly}~${claire}`]])('a patient %s: a correction takes the place of what it corrects', async (_, patient) => {
    await send(report(patient === insOnly ? insOnly : claire, 'F1', '13.2'), 'a');
    await send(report(patient, 'F1', '12.3', 'C'), 'b');
    expect(simulator.report()).toMatchObject({ stored: { Patient: 1, DiagnosticReport: 1, Observation: 1, Specimen: 1 }, duplicates: [] });
    expect(stored('Observation').map((one) => [one.status, one.valueQuantity.value])).toEqual([['corrected', 12.3]]);
  });

  it('two messages that number neither order nor patient are two, and each is itself again', async () => {
    const nobody = 'X^^^LABO^AN';
    for (const trace of ['a', 'b', 'a']) await send(report(nobody, '', '13.2'), trace);
    expect(simulator.report()).toMatchObject({ stored: { DiagnosticReport: 2, Observation: 2 } });
  });

  it('no identifier says an INS', async () => {
    await send(report(insOnly, 'F1', '13.2'), 'a');
    for (const type of ['Observation', 'Specimen', 'DiagnosticReport', 'ServiceRequest']) expect(JSON.stringify(stored(type).map((one) => one.identifier))).not.toContain('279035121518989');
  });
});

it('a visit number used again is another patient’s stay, never the same', async () => {
  const visit = (ipp: string, id: string): Buffer => lines(header(id), `PID|1||${ipp}||ROUSSEAU^CLAIRE^^^^^L||19790328|F`, 'PV1|1|I|6270||||||||||||||||V1^^^LABO&1.2.250.1.999.9&ISO^VN',
    'ORC|RE||F1', 'OBR|1||F1|11502-2^Bio^LN|||20261122073000+0100||||||||||||||||||F', 'OBX|1|NM|718-7^Hb^LN||7|g/dL|||||F');
  await send(visit(claire, '1'), 'a');
  await send(visit(louise, '2'), 'b');
  await send(visit(louise, '3'), 'c');
  expect(new Set(stored('Encounter').map((one) => one.subject.reference)).size).toBe(2);
  expect(stored('Encounter')).toHaveLength(2);
  expect(broken()).toEqual([]);
});

it('two admissions of one sender and control id, of two patients, are two events', async () => {
  const admission = (ipp: string): Buffer => lines(header('1', 'ADT^A01^ADT_A01'), 'EVN||20261122083005+0100', `PID|1||${ipp}||ROUSSEAU^CLAIRE^^^^^L||19790328|F`, `PV1|1|I|6270|||||||||||||||||V${ipp.slice(0, 2)}|||||||||||||||||||||||||20261122083000+0100`);
  await send(admission(claire), 'a');
  await send(admission(louise), 'b');
  await send(admission(louise), 'b');
  expect(simulator.report().stored).toMatchObject({ Patient: 2, CommunicationRequest: 2 });
  expect(broken()).toEqual([]);
});

it('a new version whose setId is the first version’s id stays current, and the first one is superseded', async () => {
  const first = '1.2.250.1.999.1.1.7.31.1', second = `${first.slice(0, -1)}2`;
  const inSeries = (cda: string): string => cda.replace(/<setId root="[^"]*"\/>/u, `<setId root="${first}"/>`);
  await send(withCda(volet('mdm-initial'), (cda) => inSeries(cda).replace(/<id root="1\.2\.250\.1\.999\.1\.1\.7\.31[^"]*"\/>/u, `<id root="${first}"/>`)), 'a');
  await send(withCda(volet('mdm-remplacement'), inSeries), 'b');
  const documents = simulator.resources('DocumentReference') as unknown as { readonly masterIdentifier: { readonly value: string }; readonly status: string }[];
  expect(documents.map((one) => [one.masterIdentifier.value, one.status])).toEqual([[`urn:oid:${first}`, 'superseded'], [`urn:oid:${second}`, 'current']]);
});

describe('a secret connection', () => {
  const secret = Buffer.from(volet('oru-initial').toString('latin1').replace(/(CONNEXION_SECRETE\^[^|]*\|\|)N/u, '$1Y'), 'latin1');
  const labels = (bytes: Uint8Array): string[] => (planned({ bytes, trace: 'a' }, 'http://x').outcome.bundle?.entry ?? []).flatMap(({ resource }) =>
    (resource?.resourceType === 'DocumentReference' ? resource.securityLabel ?? [] : []).flatMap((one) => one.coding?.[0]?.code ?? []));

  it('declares no event, and the document is not for legal representatives to see', async () => {
    await send(secret, 'a');
    expect(simulator.report().stored).toMatchObject({ DocumentReference: 1 });
    expect(simulator.resources('CommunicationRequest')).toEqual([]);
    expect(labels(secret)).toEqual(['N', 'INVISIBLE_REPRESENTANTS_LEGAUX']);
    expect(JSON.stringify(simulator.resources('DocumentReference'))).toContain('INVISIBLE_REPRESENTANTS_LEGAUX');
  });
  it('is not any other connection', async () => {
    await send(volet('oru-initial'), 'a');
    expect(simulator.resources('CommunicationRequest')).toHaveLength(1);
    expect(labels(volet('oru-initial'))).toEqual(['N']);
  });
});
