import { describe, expect, test } from '@jest/globals';
import type { Bundle, Resource, ResourceType } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { bytesOf, cases, folder, normalized, ofLines, parts, settings, written } from '../../test/normalize/fixture.ts';
import { shared, whenShared } from '../../test/when-shared.ts';
import { identityFaults } from '../domain/faults/identity.ts';
import { normalizeFaults } from '../domain/faults/normalize.ts';
import { patientKey } from './patient-key.ts';

type Of<T extends ResourceType> = Extract<Resource, { resourceType: T }>;
const all = <T extends ResourceType>(bundle: Bundle, type: T): Of<T>[] => (bundle.entry ?? []).flatMap(({ resource }) => resource?.resourceType === type ? [resource as Of<T>] : []);
const only = <T extends ResourceType>(bundle: Bundle, type: T): Of<T> => {
  const found = all(bundle, type);
  expect(found.length).toBe(1);
  return found[0]!;
};

const msh = (type: string, more = '|||||FRA|UNICODE UTF-8') => `MSH|^~\\&|APP|LABO|PASSERELLE|REGION|20261122083000||${type}|C1|P|2.5${more}`;
const pid = 'PID|1||279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~42^^^LABO&1.2.3.4&ISO^PI||ROUSSEAU^CLAIRE^CLAIRE^^^^L||19790328|F';
const oru = (...obx: string[]) => ofLines(msh('ORU^R01^ORU_R01'), pid, 'OBR|1|P1|F1|11502-2^Bio^LN|||20261122073000||||||||||||||||||F', ...obx);
const codes = ({ findings }: { findings: readonly { code: string; location: string }[] }) => findings.map(({ code, location }) => `${code} ${location}`);

describe('expected Bundle, findings and losses', () => {
  test.each(cases)('%s', name => {
    const made = normalized(bytesOf(name));
    for (const [file, part] of Object.entries(parts)) expect(written(made[part])).toBe(readFileSync(new URL(`${name}/${file}`, folder), 'utf8'));
    expect(existsSync(new URL(`${name}/about.md`, folder))).toBe(true);
  });
  test.each(cases)('%s is the same under CR, LF and CRLF', name => {
    const [lf, cr] = [bytesOf(name), bytesOf(name)].map(bytes => bytes.toString('latin1').replace(/\r\n|\n/gu, '\r'));
    const ends = [cr!, lf!.replaceAll('\r', '\n'), cr!.replaceAll('\r', '\r\n')].map(text => JSON.stringify(normalized(Buffer.from(text, 'latin1'))));
    expect(new Set(ends).size).toBe(1);
  });
  test.each(cases)('%s: every reference within the Bundle leads to an entry, every fullUrl is used once', name => {
    const { bundle } = normalized(bytesOf(name)), urls = (bundle.entry ?? []).map(({ fullUrl }) => fullUrl);
    const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/gu)].map(([, url]) => url);
    expect(references.filter(url => !urls.includes(url))).toEqual([]);
    expect(new Set(urls).size).toBe(urls.length);
    for (const url of urls) expect(url).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });
});

describe('business keys', () => {
  const keysOf = (bundle: Bundle) => ['DiagnosticReport', 'Observation', 'ServiceRequest'].flatMap(type => all(bundle, type as 'Observation').map(one => `${type} ${one.identifier?.[0]?.value ?? ''}`));
  test('a corrected report has the keys of the first one', () => {
    const first = keysOf(normalized(bytesOf('oru-r01/haematology')).bundle), again = keysOf(normalized(bytesOf('oru-r01/amended'), { trace: 'other' }).bundle);
    expect(again.filter(key => !first.includes(key))).toEqual([]);
  });
  test('two reports under one order number are two, and repeated results too', () => {
    const { bundle } = ofLines(msh('ORU^R01'), pid, 'OBR|1||F1|A^NFS^L|||20261122|||||||||||||||||||F', 'OBX|1|NM|X^x^L||1||||||F', 'OBX|2|NM|X^x^L||2||||||F', 'OBR|2||F1|B^Iono^L|||20261122|||||||||||||||||||F', 'OBX|1|NM|X^x^L||3||||||F');
    const keys = keysOf(bundle);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('results of one code', () => {
  const two = (first: string, second: string) => codes(oru(`OBX|1|${first}||||||F`, `OBX|2|${second}||||||F`));
  test('are told when OBX-4 does not number them', () => { expect(two('NM|X^x^L||1', 'NM|X^x^L||2')).toEqual(['normalize.result-repeated OBX[2]-4']); });
  test.each([['numbered', 'NM|X^x^L|1|1', 'NM|X^x^L|2|2'], ['of two codes', 'NM|X^x^L||1', 'NM|Y^y^L||2'], ['lines of a text', 'TX|X^x^L||a', 'TX|X^x^L||b']])('are not when %s', (_, first, second) => { expect(two(first, second)).toEqual([]); });
});

describe('values', () => {
  const value = (obx: string) => { const made = oru(obx); return { ...only(made.bundle, 'Observation'), codes: codes(made) }; };
  test.each(['L', 'L^Bas^HL70078'])('an abnormal flag is found under one system: %s', (flag) => {
    expect(value(`OBX|1|NM|X^x^L||7|g/L^g/L^UCUM||${flag}|||F`).interpretation?.[0]?.coding?.[0]).toMatchObject({ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'L' });
  });
  test('7.0 is not 7: the precision is told', () => {
    expect(value('OBX|1|NM|X^x^L||7.0|g/L^g/L^UCUM|||||F').valueQuantity).toEqual({ value: 7, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L', _value: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/quantity-precision', valueInteger: 1 }] } });
    expect(value('OBX|1|NM|X^x^L||7||||||F').valueQuantity).toEqual({ value: 7 });
  });
  test.each(['7,2', '<5', '1 000', 'négatif', '12345678901234567890'])('an NM that is not a number (%s) stays a text', text => {
    const made = value(`OBX|1|NM|X^x^L||${text}|g/L||||||F`.replace('||||||F', '|||||F'));
    expect([made.valueString, made.valueQuantity, made.codes]).toEqual([`${text} g/L`, undefined, ['normalize.value-type OBX-5']]);
  });
  test('an unknown status never reads as final', () => {
    expect([value('OBX|1|NM|X^x^L||7||||||?').status, value('OBX|1|NM|X^x^L||7').status]).toEqual(['unknown', 'unknown']);
    const report = only(ofLines(msh('ORU^R01'), pid, 'OBR|1||F1|A^a^L').bundle, 'DiagnosticReport');
    expect(report.status).toBe('unknown');
  });
  test('the reference range takes the unit of the value', () => {
    expect(value('OBX|1|NM|X^x^L||7|g/L^g/L^UCUM|4.5-8|||||F'.replace('|||||F', '||||F')).referenceRange).toEqual([{ low: { value: 4.5, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' }, high: { value: 8, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' }, text: '4.5-8' }]);
    expect(value('OBX|1|NM|X^x^L||7|g/L|5-4||||F').referenceRange).toEqual([{ text: '5-4' }]);
    expect(value('OBX|1|NM|X^x^L||7|g/L|< 3||||F').referenceRange).toEqual([{ high: { value: 3, unit: 'g/L' }, text: '< 3' }]);
  });
  test('local codes of two laboratories are two systems', () => {
    const system = (facility: string) => only(ofLines(msh('ORU^R01').replace('LABO', facility), pid, 'OBR|1||F1|A^a^L', 'OBX|1|NM|X^x^L||7||||||F').bundle, 'Observation').code.coding?.[0]?.system;
    expect(system('LABO 1')).not.toBe(system('LABO 2'));
  });
  test('a time without offset is read in the source’s zone, summer and winter', () => {
    const at = (time: string) => value(`OBX|1|NM|X^x^L||7||||||F|||${time}`).effectiveDateTime;
    expect([at('202607010800'), at('202612010800'), at('20261201'), at('202612010800+0300'), at('202612010800+100')]).toEqual(['2026-07-01T08:00:00+02:00', '2026-12-01T08:00:00+01:00', '2026-12-01', '2026-12-01T08:00:00+03:00', '2026-12-01T08:00:00+01:00']);
  });
});

describe('the patient', () => {
  const adt = (line: string, event = 'A31') => normalized(Buffer.from([msh(`ADT^${event}`), line, 'PV1|1|N'].join('\r')));
  test('a deleted value is written, an absent one is not', () => {
    const patient = (fields: string) => only(adt(`PID|1||42^^^LABO&1.2.3.4&ISO^PI||ROUSSEAU^CLAIRE^^^^^L||${fields}`).bundle, 'Patient') as unknown as Record<string, unknown>;
    const gone = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
    const cleared = patient('""|""|||""||""|||""');
    expect([cleared._birthDate, cleared._gender, cleared.address, cleared.telecom, cleared.maritalStatus]).toEqual([gone, gone, [gone], [{ _system: gone, _value: gone }], gone]);
    const silent = patient('');
    expect(['_birthDate', 'birthDate', '_gender', 'gender', 'address', 'telecom', 'maritalStatus'].filter(key => key in silent)).toEqual([]);
  });
  test('identity: by authority, status VALI needs its INS', () => {
    expect(adt(pid + '|'.repeat(24) + 'VALI').identity).toMatchObject({ qualified: true, birthDate: '1979-03-28', sex: 'female', birthFamily: 'ROUSSEAU', birthGiven: 'CLAIRE', statuses: ['VALI'] });
    expect(codes(adt(pid + '|'.repeat(24) + 'VALI~FICT'))).toEqual(['identity.status-contradiction PID-32']);
    expect(codes(adt(pid + '|'.repeat(24) + 'NEUF'))).toEqual(['identity.status-unknown PID-32']);
    expect(codes(adt(`PID|1||42^^^LABO^PI||R^C^^^^^L||19799999${'|'.repeat(25)}VALI`))).toEqual(['identity.vali-without-ins PID-32', 'identity.birth-date PID-7']);
    expect(codes(adt('PID|1||||R^C^^^^^L'))).toEqual(['identity.no-identifier PID-3']);
    expect(codes(ofLines(msh('ORU^R01'), pid, pid, 'OBR|1||F1|A^a^L|||||||||||||||||||||F'))).toEqual(['identity.several-patients PID[2]']);
  });
  test('a known name of a day that does not exist shortens the birth date', () => {
    expect(adt('PID|1||42^^^LABO^PI||R^C^^^^^L||19790000').identity?.birthDate).toBe('1979');
    expect(adt('PID|1||42^^^LABO^PI||R^C^^^^^L||19790300').identity?.birthDate).toBe('1979-03');
  });
});

describe('a CDA that came alone', () => {
  const made = normalized(readFileSync(new URL('../cda/cr-imagerie/remplacement/in.xml', folder)));
  test('is a document, its patient and its people, from the header alone', () => {
    const document = only(made.bundle, 'DocumentReference'), patient = only(made.bundle, 'Patient');
    expect(document).toMatchObject({
      masterIdentifier: { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.250.1.999.1.1.7.31.2' }, type: { coding: [{ system: 'http://loinc.org', code: '18748-4' }] },
      relatesTo: [{ code: 'replaces', target: { identifier: { value: 'urn:oid:1.2.250.1.999.1.1.7.31.1' } } }], securityLabel: [{ coding: [{ code: 'N' }] }],
      content: [{ attachment: { contentType: 'text/xml', creation: '2026-11-20T15:30:00+01:00' } }],
    });
    expect(patient.name).toEqual([
      { use: 'official', extension: [{ url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name', valueString: 'Dominique Marie-Louise' }], family: 'MARTIN', given: ['Dominique'] },
      { use: 'usual', family: 'LEFEBVRE', given: ['Dominique'] },
    ]);
    expect([made.losses, made.findings, made.identity?.ins?.matricule, made.identity?.qualified]).toEqual([[], [], '279035121518989', false]);
    const [binary] = Object.keys(made.binaries);
    expect([made.binaries[binary!], document.content[0]?.attachment.url, document.content[0]?.attachment.size]).toEqual(['document-1', binary, 6306]);
  });
});

describe('a text written one line an OBX', () => {
  const observations = (...obx: string[]) => (oru(...obx).bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Observation' ? [resource] : []));
  const line = (n: number, text: string, type = 'TX') => `OBX|${n}|${type}|22635-7^Micro^LN||${text}||||||F`;
  test('is one result: its correction with fewer lines replaces all of it', () => {
    const [first, ...none] = observations(line(1, 'a'), line(2, ''), line(3, 'b~c'));
    const [second, ...noneEither] = observations(line(1, 'corrected'));
    expect([first?.valueString, second?.valueString, none, noneEither]).toEqual(['a\n\nb\nc', 'corrected', [], []]);
    expect(first?.identifier).toEqual(second?.identifier);
  });
  test.each([
    ['another code comes between', [line(1, 'a'), 'OBX|2|NM|718-7^Hb^LN||12||||||F', line(3, 'b')], 3],
    ['a line has a note', [line(1, 'a'), 'NTE|1||note', line(2, 'b')], 2],
    ['a line is deleted', [line(1, 'a'), line(2, '""')], 2],
    ['the type is not a text', [line(1, 'a', 'ST'), line(2, 'b', 'ST')], 2],
    ['it begins with nothing', [line(1, ''), line(2, 'b')], 2],
    ['its status differs', [line(1, 'a'), line(2, 'b').replace(/F$/, 'P')], 2],
  ])('is not when %s', (_, lines, count) => { expect(observations(...lines)).toHaveLength(count); });
});

describe('what is not taken', () => {
  test('unknown type and event, with their places', () => {
    expect(codes(ofLines(msh('VXU^V04'), pid))).toEqual(['normalize.unsupported-type MSH-9-1']);
    expect(codes(ofLines(msh('ADT^A99'), pid))).toEqual(['normalize.unsupported-event MSH-9-2']);
    expect(codes(ofLines(msh('ADT^A01'), pid))).toEqual(['normalize.missing-segment MSH']);
    expect(codes(ofLines(msh('ORU^R01')))).toEqual(['normalize.missing-segment MSH']);
    expect(codes(ofLines(msh('ADT^A08'), pid, `PV1|1|I${'|'.repeat(17)}V1`))).toEqual(['normalize.event-outside-profile MSH-9-2']);
    expect(codes(oru('OBX|1|NM|||7||||||F'))).toEqual(['normalize.missing-code OBX-3']);
  });
  test('says a type of HL7’s table, and never another text of MSH-9: it may be anything of the patient', () => {
    const said = (type: string) => ofLines(msh(type), pid).findings.map(({ text, args }) => `${text} ${String(args)}`).join();
    expect(said('VXU^V04')).toContain('VXU');
    expect(said('DUPONT^MARIE')).not.toMatch(/DUPONT|MARIE/);
    expect(said('ADT^DUPONT')).not.toMatch(/DUPONT/);
  });
  test.each(['MRG|', 'MRG|^^^CHU&1.2.3&ISO^PI', 'MRG|""^^^CHU&1.2.3&ISO^PI'])('a merge that names no number to retire: %s', (mrg) => {
    for (const event of ['A40', 'A47']) expect(codes(ofLines(msh(`ADT^${event}`), pid, mrg))).toEqual(['normalize.merge-without-identifier MRG-1']);
  });
  test('a patient known by a number without authority is its source’s', () => {
    const from = (source: string) => patientKey({ ins: null, identifiers: [{ type: 'PI', value: '4711', authority: '', place: 'PID-3' }], statuses: [], qualified: false, birthDate: null, sex: null, birthFamily: null, birthGiven: null }, source, 't');
    expect(from('a')).toBe(from('a'));
    expect(from('a')).not.toBe(from('b'));
  });
  test.each(['ACK^R01', 'ZAM^Z01^ZAM_Z01'])('%s is an answer: no finding, no loss', type => {
    const made = ofLines(msh(type), 'MSA|AA|1');
    expect([made.findings, made.losses, made.bundle.entry?.length]).toEqual([[], [], 1]);
  });
  test('languages are those of BCP 47; what is none is a local code, or a loss', () => {
    const said = (language: string) => {
      const made = ofLines(msh('ADT^A28', `|||||FRA|UNICODE UTF-8|${language}`), `${pid}|||||||${language}`);
      const patient = made.bundle.entry?.map(({ resource }) => resource).find((one) => one?.resourceType === 'Patient');
      const header = made.bundle.entry?.[0]?.resource as { language?: string };
      return [header.language, patient?.communication?.[0]?.language.coding, made.losses.map(({ location }) => location)];
    };
    expect(said('FRA')).toEqual(['fr', [{ system: 'urn:ietf:bcp:47', code: 'fr' }], []]);
    expect(said('pt-br')).toEqual(['pt-BR', [{ system: 'urn:ietf:bcp:47', code: 'pt-BR' }], []]);
    expect(said('?')).toEqual([undefined, [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0296', code: '?' }], ['MSH-19']]);
  });
  test('a movement without visit number is told, not where no visit is told', () => {
    expect(codes(ofLines(msh('ADT^A01'), pid, 'PV1|1|I'))).toEqual(['normalize.visit-number PV1-19']);
    expect(codes(ofLines(msh('ADT^A01'), pid, 'PV1|1|N'))).toEqual([]);
    expect(codes(ofLines(msh('ADT^A28'), pid, 'PV1|1|I'))).toEqual([]);
  });
  test('a date that is none is said, and is a loss', () => {
    const made = ofLines(msh('ADT^A01'), pid, `PV1|1|I${'|'.repeat(17)}V1${'|'.repeat(25)}31/12/2026`);
    expect([codes(made), made.losses.map(({ location }) => location)]).toEqual([['normalize.not-a-date PV1-44'], ['PV1-44']]);
  });
  test('never throws, on any cut or noise', () => {
    const text = bytesOf('oru-r01/microbiology').toString('utf8') + bytesOf('adt/a01-admission').toString('utf8');
    fc.assert(fc.property(fc.nat(text.length - 1), fc.nat(300), fc.string({ maxLength: 20 }), (at, length, noise) => {
      normalized(Buffer.from(text.slice(0, at) + noise + text.slice(at + length)));
    }), { numRuns: 300 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => { normalized(bytes); }));
  });
});

test('each fault of identity and normalize is raised somewhere here', () => {
  const raised = new Set<string>(cases.flatMap(name => normalized(bytesOf(name)).findings.map(({ code }) => code)));
  const source = ['normalize.test.ts', 'identifier-claims.test.ts', 'values.test.ts'].map(file => readFileSync(new URL(file, import.meta.url), 'utf8')).join('');
  expect([...Object.keys(identityFaults), ...Object.keys(normalizeFaults)].filter(code => !raised.has(code) && !source.includes(`${code} `))).toEqual([]);
});

whenShared('the benchmark’s message', () => {
  test('maps completely', async () => {
    const { message } = await import(shared('bench/message.mjs')!) as { message: (seq: number, rank: number) => string };
    const made = normalized(Buffer.from(message(3, 5)), settings);
    expect([made.losses, made.findings]).toEqual([[], []]);
  });
});
