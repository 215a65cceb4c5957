import { isInsOid } from '../../domain/identity.ts';
import { finding, type Finding } from '../../domain/finding.ts';
import type { CdaAuthor, CdaHeader, CdaServiceEvent, Coded, InstanceId } from '../cda/header.ts';
import { classCodeOf } from './class-code.ts';
import type { DocumentEntry, XdsAuthor, XdsCode } from './document-entry.ts';
import { formatCodeOf, outsideModels } from './format-code.ts';
import { coded, cx, institution, person } from './hl7-texts.ts';
import { overLimits } from './limits.ts';
import { patientMetadata } from './patient.ts';
import { metadataChecks } from './metadata-checks.ts';
import { builtInTables, type XdsTables } from './tables.ts';
import { isCisisTypeCode } from './type-codes.ts';
import { isMinor, visibility, type VisibilityFlags } from './visibility.ts';

export interface EntryInput {
  /** SHA-1 hex and length of the exact bytes sent. */
  readonly sha1: string;
  readonly size: number;
  /** Null when the document came without a transmission order. */
  readonly flags: VisibilityFlags | null;
  /** MASQUE_PS and INVISIBLE_PATIENT together are allowed (visibility.ts). */
  readonly maskedAndInvisible?: boolean;
  readonly tables?: XdsTables;
}

const cda = '/ClinicalDocument';
const uniqueId = ({ root, extension }: InstanceId): string => extension === '' ? root : `${root}^${extension}`;
const xdsCode = (given: Coded | null): XdsCode | null => given === null || given.code === '' ? null : { code: given.code, scheme: given.system, display: given.display };

const author = ({ functionCode, code, ...assigned }: CdaAuthor): XdsAuthor => {
  const at = institution(assigned.organization);
  return {
    person: person({ code, ...assigned }, isInsOid), institutions: at === '' ? [] : [at], roles: functionCode === null || functionCode.display === '' ? [] : [functionCode.display],
    specialties: code === null || code.code === '' ? [] : [coded(code)],
  };
};

/** Several service events: the main one names the setting its performer works in. */
const mainEvent = ({ serviceEvents }: CdaHeader): CdaServiceEvent | undefined =>
  serviceEvents.find(({ performer }) => (performer?.organization?.industry?.code ?? '') !== '') ?? serviceEvents[0];

/** What the DMP requires and the header does not give, by XDS name and XPath. */
function missing(entry: DocumentEntry): Finding[] {
  const absent: readonly (readonly [boolean, string, string])[] = [
    [entry.title === '', 'title', `${cda}/title`], [entry.languageCode === '', 'languageCode', `${cda}/languageCode`],
    [entry.serviceStartTime === '', 'serviceStartTime', `${cda}/documentationOf/serviceEvent/effectiveTime/low`],
    [!entry.authors.some(one => one.person !== ''), 'author', `${cda}/author`], [entry.legalAuthenticator === '', 'legalAuthenticator', `${cda}/legalAuthenticator`],
    [!entry.confidentialityCode.some(({ scheme }) => scheme === '2.16.840.1.113883.5.25'), 'confidentialityCode', `${cda}/confidentialityCode`],
    [entry.practiceSettingCode === null, 'practiceSettingCode', `${cda}/documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/standardIndustryClassCode`],
    [entry.healthcareFacilityTypeCode === null, 'healthcareFacilityTypeCode', `${cda}/componentOf/encompassingEncounter/location/healthCareFacility/code`],
  ];
  return absent.filter(([is]) => is).map(([, name, place]) => finding('document.metadata-missing', place, name, place));
}

function codes({ typeCode, classCode }: DocumentEntry, known: XdsCode | null, tables: XdsTables): Finding[] {
  const place = `${cda}/code/@code`;
  const code = typeCode?.code ?? '';
  return [
    ...(typeCode !== null && !isCisisTypeCode(code, tables) ? [finding('document.type-code-unknown', place, code)] : []),
    ...(typeCode !== null && classCode === null ? [finding('document.class-code-unknown', place, code)] : []),
    ...(known === null ? [finding('document.format-code-unknown', `${cda}/templateId`, `${cda}/templateId`)] : []),
  ];
}

function contradictions({ serviceStartTime: from, serviceStopTime: to }: DocumentEntry): Finding[] {
  const place = `${cda}/documentationOf/serviceEvent/effectiveTime`;
  // Compared at their common precision: a day and a minute of that day are in order.
  const common = Math.min(from.length, to.length);
  return from.slice(0, common) > to.slice(0, common) ? [finding('document.service-time-order', place, place)] : [];
}

/** The XDS DocumentEntry of a CDA (dmp.md §1.5, §2.1). What cannot be made is '' or null, with a finding; nothing is guessed or cut. */
export function documentEntry(header: CdaHeader, { sha1, size, flags, maskedAndInvisible = false, tables = builtInTables }: EntryInput): { entry: DocumentEntry; findings: readonly Finding[] } {
  const main = mainEvent(header);
  const patient = patientMetadata(header);
  const format = formatCodeOf(header, tables);
  const confidentiality = xdsCode(header.confidentiality);
  const seen = flags === null ? { codes: [], findings: [] } : visibility(flags, { minor: isMinor(header), maskedAndInvisible });
  const replaced = header.relatedDocuments.find(({ type }) => type === 'RPLC')?.id;
  const entry: DocumentEntry = {
    uniqueId: uniqueId(header.id), patientId: patient.patientId, sourcePatientId: patient.sourcePatientId, sourcePatientInfo: patient.sourcePatientInfo,
    title: header.title, creationTime: header.effectiveTime.utc, serviceStartTime: main?.low.utc ?? '', serviceStopTime: main?.high.utc ?? '',
    languageCode: header.language, mimeType: header.rootElement === 'xsl:stylesheet' ? 'application/xslt+xml' : 'text/xml', hash: sha1, size,
    typeCode: xdsCode(header.code), classCode: classCodeOf(header.code.code, tables), formatCode: format ?? (header.level === 'N3' ? outsideModels : null),
    healthcareFacilityTypeCode: xdsCode(header.encounter?.facilityType ?? null), practiceSettingCode: xdsCode(main?.performer?.organization?.industry ?? null),
    confidentialityCode: [...(confidentiality === null ? [] : [confidentiality]), ...seen.codes], eventCodeList: header.serviceEvents.map(({ code }) => xdsCode(code)).filter(code => code !== null),
    authors: header.authors.map(author), legalAuthenticator: header.legalAuthenticator === null ? '' : person(header.legalAuthenticator, isInsOid),
    referenceIdList: header.inFulfillmentOf.filter(({ root, extension }) => root !== '' && extension !== '').map(id => cx(id, 'urn:ihe:iti:xds:2013:order')),
    replaces: replaced === undefined ? '' : uniqueId(replaced),
  };
  return { entry, findings: [...patient.findings, ...missing(entry), ...codes(entry, format, tables), ...contradictions(entry), ...seen.findings, ...metadataChecks(entry, tables), ...overLimits(entry)] };
}
