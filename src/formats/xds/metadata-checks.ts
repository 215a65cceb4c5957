import { finding, type Finding } from '../../domain/finding.ts';
import { isInsOid } from '../../domain/identity.ts';
import type { DocumentEntry, XdsCode } from './document-entry.ts';
import { readCx, readXcn, readXon, type Cx, type Parsed } from './grammar.ts';
import type { ValueSetName, XdsTables } from './tables.ts';

/** DTM: UTC digits, from a year to a second (IHE ITI TF-3 §4.2.3.1.7). */
const dtm = /^\d{4}(?:\d{2}){0,5}$/u;
/** 13 characters and a key; whether the key is right is the identity's to say. */
const matricule = /^[1-8]\d{4}(?:\d{2}|2[AB])\d{8}$/u;

const broken = (parsed: Parsed<unknown>): string | null => ('broken' in parsed ? parsed.broken : null);
const cx = (text: string, more: (read: Cx) => string | null): string | null => { const read = readCx(text); return 'broken' in read ? read.broken : more(read.ok); };
const patientId = (text: string): string | null => cx(text, ({ value, authority, type }) => (!matricule.test(value) ? 'CX.1' : !isInsOid(authority) ? 'CX.4' : type !== 'NH' ? 'CX.5' : null));
const sourcePatientId = (text: string): string | null => cx(text, ({ type }) => (['PI', 'NH'].includes(type) ? null : 'CX.5'));

/** Attribute, texts, what breaks its grammar: a component or the form itself. Absent values are told elsewhere. */
type Rule = readonly [string, readonly string[], (text: string) => string | null];
const rules = ({ authors, ...entry }: DocumentEntry): readonly Rule[] => {
  const time = (name: 'creationTime' | 'serviceStartTime' | 'serviceStopTime'): Rule => [name, [entry[name]], (text) => (dtm.test(text) ? null : 'DTM')];
  return [
    time('creationTime'), time('serviceStartTime'), time('serviceStopTime'),
    // The volet says that the DMP takes no OID^extension, its own examples and dmp.md §1.5 have one: sent as it is, and told.
    ['uniqueId', [entry.uniqueId, entry.replaces], (text) => (text.includes('^') ? 'OID^extension' : null)], ['patientId', [entry.patientId], patientId], ['sourcePatientId', [entry.sourcePatientId], sourcePatientId],
    ['sourcePatientInfo', entry.sourcePatientInfo, (text) => (/^PID-\d{1,2}\|/u.test(text) ? null : 'PID')],
    ['authorPerson', authors.map(({ person }) => person), (text) => broken(readXcn(text))], ['authorInstitution', authors.flatMap(({ institutions }) => institutions), (text) => broken(readXon(text))],
    ['legalAuthenticator', [entry.legalAuthenticator], (text) => broken(readXcn(text))],
    ['languageCode', [entry.languageCode], (text) => (/^[a-z]{2,3}-[A-Z]{2}$/u.test(text) ? null : 'RFC 5646')],
    ['hash', [entry.hash], (text) => (/^[0-9a-f]{40}$/iu.test(text) ? null : 'SHA-1')],
  ];
};

const valueSetOf = (attribute: ValueSetName): string => ({
  typeCode: 'JDV_J07', typeCodeDmp: 'JDV_J66', healthcareFacilityTypeCode: 'JDV_J02', practiceSettingCode: 'JDV_J04', confidentialityCode: 'JDV_J08', authorSpecialty: 'JDV_J01', referenceIdType: 'JDV_J231',
}[attribute]);

function unknownCodes(entry: DocumentEntry, { valueSets }: XdsTables): Finding[] {
  const code = (given: XdsCode | null): string[] => (given === null ? [] : [given.code]);
  const given: readonly (readonly [ValueSetName, string, readonly string[]])[] = [
    ['healthcareFacilityTypeCode', 'healthcareFacilityTypeCode', code(entry.healthcareFacilityTypeCode)], ['practiceSettingCode', 'practiceSettingCode', code(entry.practiceSettingCode)],
    ['confidentialityCode', 'confidentialityCode', entry.confidentialityCode.map((one) => one.code)],
    ['authorSpecialty', 'authorSpecialty', entry.authors.flatMap(({ specialties }) => specialties.map((text) => text.split('^')[0] ?? ''))],
    ['referenceIdType', 'referenceIdList', entry.referenceIdList.map((text) => text.split('^')[4] ?? '')],
  ];
  return given.flatMap(([set, name, codes]) => [...new Set(codes)].filter((one) => !valueSets[set].has(one)).map((one) => finding('document.code-unknown', name, name, one, valueSetOf(set))));
}

/** What of an entry breaks a French grammar or is outside its national table, by XDS name (dmp.md §1.5). Nothing is changed. */
export function metadataChecks(entry: DocumentEntry, tables: XdsTables): Finding[] {
  const odd = rules(entry).flatMap(([name, texts, fault]) => {
    const [at] = texts.filter((one) => one !== '').flatMap((one) => fault(one) ?? []);
    return at === undefined ? [] : [finding('document.metadata-format', name, name, at)];
  });
  return [...odd, ...unknownCodes(entry, tables)];
}
