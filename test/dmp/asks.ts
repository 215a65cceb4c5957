import { association, documentEntry, fictive, hasMember, submissionSet, submit, type Identity } from './metadata.ts';
import { digits, make, now, type Made, type Options } from './request.ts';
import type { TestIdentity } from '../../src/sandbox/pki.ts';

/** Requests of the other transactions, built by hand. */
const queryNs = 'xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"';
const adhoc = (id: string, slots: Readonly<Record<string, string>>, returnType: string): string =>
  `<query:AdhocQueryRequest ${queryNs}><query:ResponseOption returnComposedObjects="true" returnType="${returnType}"/><AdhocQuery id="${id}">${Object.entries(slots).map(([name, value]) => `<Slot name="${name}"><ValueList><Value>${value.replaceAll('&', '&amp;')}</Value></ValueList></Slot>`).join('')}</AdhocQuery></query:AdhocQueryRequest>`;
const stored = 'urn:ihe:iti:2007:RegistryStoredQuery';

export const getDocuments = (signer: TestIdentity, uniqueId = '1.2.250.1.999.7.1', options: Options & { readonly returnType?: string } = {}): Made =>
  make({ path: '/registry', action: stored, body: adhoc('urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4', { $XDSDocumentEntryUniqueId: `('${uniqueId}')` }, options.returnType ?? 'ObjectRef') }, signer, options);
export const findDocuments = (signer: TestIdentity, slots: Readonly<Record<string, string>> = {}, options: Options & { readonly returnType?: string } = {}): Made =>
  make({ path: '/registry', action: stored, body: adhoc('urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d', { $XDSDocumentEntryPatientId: `'${(options.who ?? fictive).ins}'`, $XDSDocumentEntryStatus: "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')", ...slots }, options.returnType ?? 'LeafClass') }, signer, { mode: 'INDIRECTE_RENFORCEE', ...options });
export const retrieve = (signer: TestIdentity, uniqueId = '1.2.250.1.999.7.1', options: Options & { readonly repository?: string } = {}): Made =>
  make({ path: '/repository', action: 'urn:ihe:iti:2007:RetrieveDocumentSet', body: `<RetrieveDocumentSetRequest xmlns="urn:ihe:iti:xds-b:2007"><DocumentRequest><RepositoryUniqueId>${options.repository ?? '1.2.250.1.213.4.1.1.1.2'}</RepositoryUniqueId><DocumentUniqueId>${uniqueId}</DocumentUniqueId></DocumentRequest></RetrieveDocumentSetRequest>` }, signer, { mode: 'INDIRECTE_RENFORCEE', ...options });
export const exists = (signer: TestIdentity, options: Options = {}): Made => {
  const [ins = ''] = (options.who ?? fictive).ins.split('^');
  return make({
    path: '/patients', action: 'urn:hl7-org:v3:PRPA_IN201307UV02',
    body: `<PRPA_IN201307UV02 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><id root="1.2.250.1.999.1.9" extension="1"/><creationTime value="20260302080000"/><interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201307UV02"/><processingCode code="D"/><processingModeCode code="T"/><acceptAckCode code="AL"/><receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.250.1.213.4.1.1.1"/><softwareName>DMP</softwareName></device></receiver><sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.250.1.999.1"/></device></sender><controlActProcess classCode="CACT" moodCode="EVN"><reasonCode code="TEST_EXST" codeSystem="1.2.250.1.213.1.1.4.11"/><queryByParameter><statusCode code="new"/><parameterList><patientIdentifier><value root="1.2.250.1.213.1.4.10" extension="${ins}"/><semanticsText>Patient.id</semanticsText></patientIdentifier></parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02>`,
  }, signer, options);
};
export const authorize = (signer: TestIdentity, action = 'AJOUT', options: Options = {}): Made =>
  make({ path: '/habilitations', action: 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization', body: `<setAuthorization xmlns="urn:si-dmp-habilitations"><action>${action}</action></setAuthorization>` }, signer, options);

let lots = 0;
const lotId = (): string => `1.2.250.1.999.4.${String(++lots)}`;
const update = (signer: TestIdentity, objects: string, options: Options): Made => make({ path: '/registry', action: 'urn:ihe:iti:2010:UpdateDocumentSet', body: submit(`${submissionSet(lotId(), options.who ?? fictive, digits(options.at ?? now))}${objects}`) }, signer, options);
export const approved = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved', archived = 'urn:asip:ci-sis:2010:StatusType:Archived', deleted = 'urn:asip:ci-sis:2010:StatusType:Deleted';
export const setStatus = (signer: TestIdentity, target: string, from: string, to: string, options: Options & { readonly source?: string } = {}): Made =>
  update(signer, association('urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus', options.source ?? 'Lot01', target, { OriginalStatus: from, NewStatus: to }), options);
export interface Version { readonly id: string; readonly lid: string; readonly previous: string; readonly hash: string; readonly size: number; readonly masks: readonly string[]; readonly uniqueId?: string }
/** A new version of the metadata, with other visibility codes (TD3.3a/b). */
export const setVisibility = (signer: TestIdentity, one: Version, options: Options & { readonly who?: Identity } = {}): Made =>
  update(signer, documentEntry({ ...one, uniqueId: one.uniqueId ?? '1.2.250.1.999.7.1' }, options.who ?? fictive) + association(hasMember, 'Lot01', one.id, { SubmissionSetStatus: 'Original', PreviousVersion: one.previous }), { mode: 'INDIRECTE_RENFORCEE', ...options });
