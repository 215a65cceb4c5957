import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { cases, message } from '../../../fixtures/make-volet.ts';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { documentFaults } from '../../domain/faults/document.ts';
import { documentEntryFaults } from '../../domain/faults/document-entry.ts';
import { voletFaults } from '../../domain/faults/volet.ts';
import type { Finding } from '../../domain/finding.ts';
import { identifyHl7 } from '../../formats/hl7v2/identify.ts';
import { readHl7 } from '../../formats/hl7v2/read.ts';
import type { ReadDocument } from '../../formats/reading.ts';
import { readDocuments } from './documents.ts';
import type { TransmissionOrder } from './order.ts';
import { readOrder } from './read-order.ts';

interface Result { readonly documents: readonly ReadDocument[]; readonly order: TransmissionOrder | null; readonly findings: readonly Finding[] }
function read(bytes: Uint8Array, lookUp = false): Result {
  const hl7 = readHl7(bytes);
  const documents = readDocuments(hl7, { timeZone: 'Europe/Paris' });
  const order = readOrder(hl7, documents, identifyHl7(bytes), lookUp);
  return { documents, order, findings: [...documents.flatMap(document => document.findings), ...order?.findings ?? []] };
}
/** A case may speak of a source that lets its recipients be looked for. */
const fixture = (name: string): Result => read(readFileSync(new URL(`${name}/in.hl7`, cases)), readFileSync(new URL(`${name}/about.md`, cases), 'utf8').includes('unaddressed: directory'));
function order(name: string): TransmissionOrder {
  const found = fixture(name).order;
  if (found === null) throw new Error(`${name} is outside the volets`);
  return found;
}
const short = ({ severity, code, location }: Finding) => ({ severity, code, location });
const names = readdirSync(cases);

describe('each case of fixtures/hl7v2/volet', () => {
  test.each(names)('%s', name => {
    const folder = new URL(`${name}/`, cases);
    expect(fixture(name).findings.map(short)).toEqual(JSON.parse(readFileSync(new URL('expected.findings.json', folder), 'utf8')));
    expect(readFileSync(new URL('in.hl7', folder), 'utf8')).toBe(message(folder));
    expect(readFileSync(new URL('about.md', folder), 'utf8')).toMatch(/^# /u);
  });
});

test('each fault of documents and of the volet is raised by a case', () => {
  const raised = new Set<string>(names.flatMap(name => fixture(name).findings.map(found => found.code)));
  const own = [...Object.keys(voletFaults), ...Object.keys(documentFaults).filter(code => !(code in documentEntryFaults))];
  expect(own.filter(code => !raised.has(code))).toEqual([]);
});

test('no finding carries a value of the patient', () => {
  const texts = names.flatMap(name => fixture(name).findings).map(found => `${found.text} ${found.location} ${found.args?.join(' ') ?? ''}`).join('\n');
  expect(texts).not.toMatch(/279035121518989|MARTIN|LEFEBVRE|rousseau|4100027/iu);
});

describe('what is ordered', () => {
  test('a first transmission', () => {
    expect(order('oru-initial')).toMatchObject({
      volet: 'cda', version: '2.1', action: 'submit', patientClass: 'I', replaces: '', replyTo: 'secretariat@quatre-vents.mssante.test', patientCannotReply: false,
      flags: {
        maskedToProfessionals: false, invisibleToPatient: false, invisibleToRepresentatives: false, secretConnection: false, modifiesConfidentiality: false,
        toDmp: true, toProfessionals: true, toPatient: true, ackReception: true, ackReading: false,
      },
      sender: { place: 'PRT[1]', kind: 'professional', person: { id: '899700218896', family: 'BERTHELOT', given: 'Anne', authority: '1.2.250.1.71.4.2.1', type: 'IDNPS' }, organization: { name: 'Laboratoire fictif des Quatre-Vents', id: '1990000001', type: 'FINEG', authority: '1.2.250.1.71.4.2.2' } },
      recipients: [{ kind: 'professional', address: 'helene.rousseau@medecins.mssante.test' }, { kind: 'patient', address: '279035121518989@patient.mssante.fr' }],
      mailBody: { professionals: null, patient: null },
    });
  });
  test('a replacement names what it replaces', () => { expect(order('mdm-remplacement')).toMatchObject({ action: 'replace', replaces: '1.2.250.1.999.1.1.7.31.1' }); });
  test('a deletion replaces nothing, though TXA-13 is filled', () => { expect(order('mdm-suppression')).toMatchObject({ action: 'delete', replaces: '' }); });
  test('NTE-4 = FIN', () => {
    expect(order('destmssantepat-fin').patientCannotReply).toBe(true);
    expect(order('fin-mal-place').patientCannotReply).toBe(false);
  });
  test('the LPS volet orders neither DMP nor mail, and has the mail it came in', () => {
    expect(order('lps-1.1')).toMatchObject({
      volet: 'lps', flags: { invisibleToPatient: false, toDmp: null, toProfessionals: null, toPatient: null, ackReception: null },
      mailBody: { professionals: 'Cher confrère, veuillez trouver ci-joint le compte rendu.' }, recipients: [{ kind: 'organization' }], documents: [{ name: 'document-1' }],
    });
  });
  test('older names are understood', () => {
    expect(order('v1.2-anciens-noms').flags).toMatchObject({ invisibleToRepresentatives: false, modifiesConfidentiality: false, ackReception: null, ackReading: null });
    expect(order('lps-1.0').flags).toMatchObject({ invisibleToRepresentatives: false, ackReading: false });
  });
  test('each order group has its say', () => {
    const text = readFileSync(new URL('oru-initial/in.hl7', cases), 'utf8').replace('\rOBR|1|', '\rORC|CA\rOBR|1|');
    expect(read(Buffer.from(text)).findings.map(short)).toEqual([{ severity: 'error', code: 'volet.action-incoherent', location: 'ORC[2]-1' }]);
  });
  test('a contradicted flag has no value', () => { expect(order('drapeau-contradictoire').flags.maskedToProfessionals).toBeNull(); });
  test('a dropped mail body leaves none', () => { expect(order('corps-de-courriel-tronque').mailBody.professionals).toBeNull(); });
  test('an unusable reply address is not kept', () => { expect(order('adresse-de-reponse-invalide').replyTo).toBe(''); });
});

describe('documents', () => {
  const original = readFileSync(new URL('../../../fixtures/cda/cr-imagerie/n1-pdf/in.xml', import.meta.url));
  test.each(['mdm-initial', 'base64-lignes', 'base64-espaces', 'base64-data-uri'])('%s: the very bytes of the document, their size and hash', name => {
    const [document] = fixture(name).documents;
    expect(Buffer.from(document!.bytes).equals(original)).toBe(true);
    expect(document).toMatchObject({ name: 'document-1', place: 'OBX[1]-5', size: original.length, sha1: '035c71512d4f91042bb8ebcaaabb06f7d4cba5d5' });
  });
  test('two documents keep their order', () => {
    expect(fixture('oru-n1-n3').documents).toMatchObject([{ name: 'document-1', place: 'OBX[1]-5', header: { level: 'N1' } }, { name: 'document-2', place: 'OBX[2]-5', header: { level: 'N3' } }]);
  });
  test('outside the volets a document need not be a CDA', () => {
    const text = 'MSH|^~\\&|A|B|C|D|20260101||ORU^R01^ORU_R01|1|T|2.5\rPID|1\rOBX|1|ED|PDF||^application^pdf^Base64^JVBERi0xLjQ=||||||F\r';
    const { documents, order: none, findings } = read(Buffer.from(text));
    expect(documents).toMatchObject([{ size: 8, header: null }]);
    expect(none).toBeNull();
    expect(findings).toEqual([]);
  });
  test('a DTD is refused outside the volets too', () => {
    const xml = Buffer.from('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>').toString('base64');
    expect(read(Buffer.from(`MSH|^~\\&|A|B|C|D|20260101||ORU^R01^ORU_R01|1|T|2.5\rOBX|1|ED|DOC||^text^XML^Base64^${xml}||||||F\r`)).findings.map(short)).toEqual([{ severity: 'error', code: 'document.dtd', location: 'OBX-5' }]);
  });
  test('an answer of the volet orders nothing', () => {
    expect(read(Buffer.from('MSH|^~\\&|A|B|C|D|20260101||ZAM^Z01^ZAM_Z01|1|T|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2\rOBX|1|CWE|ACK_RECEPTION_DMP^^AckMetierZAM|1|Y\r')).order).toBeNull();
  });
});

test('no bytes of a message make it throw', () => {
  const original = readFileSync(new URL('mdm-remplacement/in.hl7', cases));
  fc.assert(fc.property(fc.nat(original.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.boolean(), (at, noise, cut) => {
    const bytes = cut ? Buffer.concat([original.subarray(0, at), noise, original.subarray(at + noise.length)]) : Buffer.concat([original.subarray(0, at), noise]);
    read(bytes);
  }), { numRuns: 200 });
});

whenShared('the messages of the ANS', () => {
  const table = readFileSync(shared('examples/hl7v2-ans/expected.tsv') ?? '', 'utf8').trim().split('\n').slice(1).map(line => line.split('\t') as [string, string, string, string, string]);
  test.each(table)('%s %s: %s', (file, type, ack) => {
    const { order: found, findings } = read(readFileSync(shared(`examples/hl7v2-ans/${file}`) ?? ''));
    expect(found === null).toBe(!/^(?:ORU|MDM)/u.test(type));
    expect(findings.some(one => one.severity === 'error')).toBe(ack === 'AE');
  });
});
