import { finding, type Finding } from '../../domain/finding.ts';
import type { DocumentEntry } from './document-entry.ts';

/** ebRIM 3.0: slot values and node representations are LongName (256), localized strings 1024; XDS: title and uniqueId 128. */
const long = 256;
const text = 1024;
const short = 128;

/** Every value over its limit, by its XDS name. Nothing is ever cut: half a name or half a number is another one. */
export function overLimits(entry: DocumentEntry): Finding[] {
  const { authors, typeCode, classCode, formatCode, healthcareFacilityTypeCode, practiceSettingCode, confidentialityCode, eventCodeList } = entry;
  const codes = [typeCode, classCode, formatCode, healthcareFacilityTypeCode, practiceSettingCode, ...confidentialityCode, ...eventCodeList].filter(code => code !== null);
  const checks: readonly (readonly [string, readonly string[], number])[] = [
    ['title', [entry.title], short], ['uniqueId', [entry.uniqueId, entry.replaces], short],
    ['patientId', [entry.patientId], long], ['sourcePatientId', [entry.sourcePatientId], long], ['sourcePatientInfo', entry.sourcePatientInfo, long],
    ['authorPerson', authors.map(author => author.person), long], ['authorInstitution', authors.flatMap(author => author.institutions), long],
    ['authorRole', authors.flatMap(author => author.roles), long], ['authorSpecialty', authors.flatMap(author => author.specialties), long],
    ['legalAuthenticator', [entry.legalAuthenticator], long], ['referenceIdList', entry.referenceIdList, long], ['languageCode', [entry.languageCode], long],
    ['code', codes.flatMap(code => [code.code, code.scheme]), long], ['code.displayName', codes.map(code => code.display), text],
  ];
  return checks.filter(([, values, limit]) => values.some(value => value.length > limit)).map(([name, , limit]) => finding('document.metadata-too-long', name, name, String(limit)));
}
