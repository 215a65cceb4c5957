import { instant, utcDigits } from '../grammar.ts';
import { classified, code, identifier, slot } from '../lot.ts';
import { replaces, scheme } from '../namespaces.ts';
import type { CdaHeader } from '../cda.ts';
import type { Received } from '../received.ts';
import { family, hold, short, type Broken, type Rule } from '../rule.ts';
import { insOf } from '../vihf.ts';
import { attr } from '../xml.ts';
import { eachDocument } from './each.ts';

const rule = family('document', 'CDAHeaderToXDM, volet Partage ; dmp.md §2.1', 'InvalidDocumentContent');
type Submitted = Received['submitted'][number];
const xml = (entry: Submitted['entry']): boolean => attr(entry.element, 'mimeType') !== 'application/dicom';
/** A check of an entry against the header of its CDA. */
const header = (check: (cda: CdaHeader, placed: Submitted, received: Received) => readonly Broken[]): Rule['check'] => eachDocument((placed, received) => (placed.cda === null ? [] : check(placed.cda, placed, received)));
const persons = ({ entry }: Submitted): string[] => classified(entry, scheme.author).map((one) => slot(one, 'authorPerson').split('^')[0] ?? '');
const info = ({ entry }: Submitted, field: string): string => entry.slots.get('sourcePatientInfo')?.find((value) => value.startsWith(`${field}|`))?.slice(field.length + 1) ?? '';
/** Equal up to the shorter precision; what cannot be compared holds. */
const sameTime = (metadata: string, cda: string): boolean => {
  const utc = utcDigits(cda);
  if (utc === null || cda === '' || instant(metadata) === null) return true;
  const length = Math.min(metadata.length, utc.length);
  return metadata.slice(0, length) === utc.slice(0, length);
};

export const documentRules: readonly Rule[] = [
  rule('cda', 'Le document est un ClinicalDocument bien formé, sans déclaration de type de document.', 'The document is a well-formed ClinicalDocument without document type declaration.', eachDocument(({ entry, at, bytes, cda }) => hold(bytes === null || bytes.length === 0 || !xml(entry) || cda !== null, at)), { source: 'EX_2.1-1071, EX_2.1-1090' }),
  rule('cda-id', 'uniqueId est ClinicalDocument/id.', 'uniqueId is ClinicalDocument/id.', header((cda, { entry, at }) => hold(cda.id === identifier(entry, scheme.uniqueId), `${at}.uniqueId`, cda.id))),
  rule('cda-patient', 'L’INS du document est celui du patientId.', 'The document’s INS is that of patientId.',
    header((cda, { entry, at }) => { const ins = insOf(identifier(entry, scheme.patientId)); return ins === null ? [] : hold(cda.patients.includes(`${ins.oid}^${ins.value}`), `${at}.patientId`); }), { code: 'XDSPatientIdDoesNotMatch' }),
  rule('cda-code', 'typeCode est ClinicalDocument/code.', 'typeCode is ClinicalDocument/code.', header((cda, { entry, at }) => hold(cda.code === code(entry, scheme.typeCode), `${at}.typeCode`, cda.code))),
  rule('cda-title', 'title est ClinicalDocument/title.', 'title is ClinicalDocument/title.', header((cda, { entry, at }) => hold(cda.title.replace(/\s+/g, ' ') === entry.title.replace(/\s+/g, ' ').trim(), `${at}.title`)), { severity: 'warn' }),
  rule('cda-creation-time', 'creationTime est ClinicalDocument/effectiveTime en UTC.', 'creationTime is ClinicalDocument/effectiveTime in UTC.', header((cda, { entry, at }) => hold(sameTime(slot(entry, 'creationTime'), cda.effectiveTime), `${at}.creationTime`, slot(entry, 'creationTime'))), { source: 'dmp.md §0.7, §2.1' }),
  rule('cda-language', 'languageCode est celui du document.', 'languageCode is the document’s.', header((cda, { entry, at }) => hold(cda.language === slot(entry, 'languageCode') || slot(entry, 'languageCode') !== 'fr-FR', `${at}.languageCode`, cda.language))),
  rule('cda-confidentiality', 'Le premier confidentialityCode est celui du document.', 'The first confidentialityCode is the document’s.', header((cda, { entry, at }) => hold(classified(entry, scheme.confidentialityCode).some((one) => one.node === cda.confidentiality) || !['N', 'R', 'V'].some((level) => classified(entry, scheme.confidentialityCode).some((one) => one.node === level)), `${at}.confidentialityCode`, cda.confidentiality))),
  rule('cda-author', 'Un auteur du document est celui des métadonnées.', 'An author of the document is that of the metadata.', header((cda, placed) => hold(cda.authors.length === 0 || persons(placed).length === 0 || persons(placed).some((one) => cda.authors.includes(one)), `${placed.at}.author.authorPerson`))),
  rule('cda-institution', 'La structure de l’auteur est celle du document.', 'The author’s structure is the document’s.',
    header((cda, { entry, at }) => { const own = classified(entry, scheme.author).map((one) => slot(one, 'authorInstitution').split('^')[9] ?? ''); return hold(cda.authorStructures.length === 0 || own.some((one) => cda.authorStructures.includes(one)), `${at}.author.authorInstitution`); }), { severity: 'warn' }),
  rule('cda-legal-authenticator', 'legalAuthenticator est celui du document.', 'legalAuthenticator is the document’s.', header((cda, { entry, at }) => hold(cda.legalAuthenticator === '' || slot(entry, 'legalAuthenticator').startsWith(`${cda.legalAuthenticator}^`), `${at}.legalAuthenticator`)), { severity: 'warn' }),
  rule('cda-facility', 'healthcareFacilityTypeCode est celui du document.', 'healthcareFacilityTypeCode is the document’s.', header((cda, { entry, at }) => hold(cda.facility === '' || cda.facility === code(entry, scheme.healthcareFacilityTypeCode), `${at}.healthcareFacilityTypeCode`, cda.facility)), { severity: 'warn' }),
  rule('cda-practice', 'practiceSettingCode est celui du document.', 'practiceSettingCode is the document’s.', header((cda, { entry, at }) => hold(cda.practices.length === 0 || cda.practices.includes(code(entry, scheme.practiceSettingCode)), `${at}.practiceSettingCode`, short(cda.practices.join(' ')))), { severity: 'warn' }),
  rule('cda-service-time', 'serviceStartTime est le début d’un acte documenté, en UTC.', 'serviceStartTime is the start of a documented act, in UTC.', header((cda, { entry, at }) => hold(cda.serviceLow.length === 0 || cda.serviceLow.some((low) => sameTime(slot(entry, 'serviceStartTime'), low)), `${at}.serviceStartTime`)), { severity: 'warn' }),
  rule('cda-birth', 'Date de naissance et sexe (sourcePatientInfo) sont ceux du document.', 'Birth date and sex (sourcePatientInfo) are the document’s.',
    header((cda, placed) => [...hold(info(placed, 'PID-7') === '' || cda.birthTime === '' || cda.birthTime.slice(0, 8) === info(placed, 'PID-7'), `${placed.at}.sourcePatientInfo PID-7`), ...hold(info(placed, 'PID-8') === '' || cda.gender === '' || cda.gender === info(placed, 'PID-8'), `${placed.at}.sourcePatientInfo PID-8`)])),
  rule('cda-family-name', 'Le nom (sourcePatientInfo) est un de ceux du document.', 'The name (sourcePatientInfo) is one of the document’s.', header((cda, placed) => hold(info(placed, 'PID-5') === '' || cda.families.length === 0 || cda.families.includes(info(placed, 'PID-5').split('^')[0] ?? ''), `${placed.at}.sourcePatientInfo PID-5`))),
  rule('cda-passive', 'Le document n’a ni script ni lien javascript.', 'The document has no script and no javascript link.', header((cda, { at }) => hold(!cda.active, at)), { source: 'EX_2.1-1115' }),
  rule('cda-replaces', 'Un document qui en remplace un autre (relatedDocument RPLC) vient avec son association RPLC, et inversement.', 'A document that replaces another (relatedDocument RPLC) comes with its RPLC association, and conversely.',
    header((cda, { entry, at }, { lot, registry }) => {
      const target = lot?.associations.find((one) => one.type === replaces && one.source === entry.id)?.target;
      const replaced = target === undefined ? undefined : registry.entries.get(target)?.uniqueId;
      return hold((cda.replaces.length === 0) === (target === undefined) && (replaced === undefined || cda.replaces.includes(replaced)), `${at} RPLC`);
    }), { severity: 'warn', source: 'dmp.md §2.1' }),
];
