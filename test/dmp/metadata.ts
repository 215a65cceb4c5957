/** ebRIM of a lot, as text, for tests: built by hand so that one thing at a time can be spoilt. */
const rim = 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0';
const docType = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';
export const esc = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

export interface Identity { readonly ins: string; readonly structure: string; readonly person: string }
export const fictive: Identity = {
  ins: '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH', structure: '1990000001', person: '899700218896^MARTIN-TEST^Luc^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS',
};
let rank = 0;
const id = (kind: string): string => `${kind}${String(++rank)}`;
const slot = (name: string, ...values: string[]): string => `<Slot name="${name}"><ValueList>${values.map((value) => `<Value>${esc(value)}</Value>`).join('')}</ValueList></Slot>`;
const named = (text: string): string => `<Name><LocalizedString charset="UTF-8" xml:lang="fr-FR" value="${esc(text)}"/></Name>`;
const coded = (object: string, scheme: string, code: string, system: string, text: string): string => `<Classification classificationScheme="urn:uuid:${scheme}" classifiedObject="${object}" id="${id('c')}" nodeRepresentation="${code}">${slot('codingScheme', system)}${named(text)}</Classification>`;
const author = (object: string, scheme: string, { structure, person }: Identity): string => `<Classification classificationScheme="urn:uuid:${scheme}" classifiedObject="${object}" id="${id('c')}" nodeRepresentation="">${slot('authorPerson', person)}${slot('authorInstitution', `LABORATOIRE FICTIF^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^${structure}`)}${slot('authorSpecialty', 'G15_10/SM03^Médecin - Biologie médicale (SM)^1.2.250.1.213.1.1.4.5')}</Classification>`;
const external = (object: string, scheme: string, value: string, text: string): string => `<ExternalIdentifier id="${id('e')}" identificationScheme="urn:uuid:${scheme}" registryObject="${object}" value="${esc(value)}">${named(text)}</ExternalIdentifier>`;

export interface Described { readonly id: string; readonly uniqueId: string; readonly hash: string; readonly size: number; readonly masks?: readonly string[]; readonly lid?: string }
const masking: Readonly<Record<string, string>> = { MASQUE_PS: 'Masqué aux professionnels de santé', INVISIBLE_PATIENT: 'Non visible par le patient', INVISIBLE_REPRESENTANTS_LEGAUX: 'Non visible par les représentants légaux du patient' };

export function documentEntry(one: Described, who: Identity): string {
  return `<ExtrinsicObject id="${one.id}"${one.lid === undefined ? '' : ` lid="${one.lid}"`} mimeType="text/xml" objectType="${docType}">${slot('creationTime', '20260301091500')}${slot('hash', one.hash)}${slot('languageCode', 'fr-FR')}${slot('legalAuthenticator', who.person)}${slot('serviceStartTime', '20260301080000')}${slot('serviceStopTime', '20260301083000')}${slot('size', String(one.size))}${slot('sourcePatientId', 'IPP-001^^^&1.2.250.1.999.2&ISO^PI')}${slot('sourcePatientInfo', 'PID-5|DURAND-TEST^ZOE^^^^^L', 'PID-7|19790328', 'PID-8|F')}${named('Compte rendu d\'examens de Zoé')}`
    + author(one.id, '93606bcf-9494-43ec-9b4e-a7748d1a838d', who) + coded(one.id, '41a5887f-8865-4c09-adf7-e362475b143a', '10', '1.2.250.1.213.1.1.4.1', 'Compte rendu')
    + coded(one.id, 'f4f85eac-e6cb-4883-b524-f2705394840f', 'N', '2.16.840.1.113883.5.25', 'Normal') + (one.masks ?? []).map((mask) => coded(one.id, 'f4f85eac-e6cb-4883-b524-f2705394840f', mask, '1.2.250.1.213.1.1.4.13', masking[mask] ?? '')).join('')
    + coded(one.id, 'a09d5840-386c-46f2-b5ad-9c3699a4309d', 'urn:ihe:iti:xds-sd:text:2008', '1.3.6.1.4.1.19376.1.2.3', 'Document à corps non structuré en texte')
    + coded(one.id, 'f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1', 'SA25', '1.2.250.1.71.4.2.4', 'Laboratoire de biologie médicale') + coded(one.id, 'cccf5598-8b07-4b77-a05e-ae952c785ead', 'AMBULATOIRE', '1.2.250.1.213.1.1.4.9', 'Ambulatoire')
    + coded(one.id, 'f0306f51-975f-434e-a61c-c59651d33983', '11502-2', '2.16.840.1.113883.6.1', 'CR d\'examens biologiques')
    + external(one.id, '58a6f841-87b3-4a3e-92fd-a8ffeff98427', who.ins, 'XDSDocumentEntry.patientId') + external(one.id, '2e82c1f6-a085-4c72-9da3-8640a32e42ab', one.uniqueId, 'XDSDocumentEntry.uniqueId') + '</ExtrinsicObject>';
}

export function signatureEntry(one: Described, who: Identity, time: string): string {
  return `<ExtrinsicObject id="${one.id}" mimeType="text/xml" objectType="${docType}">${slot('creationTime', time)}${slot('hash', one.hash)}${slot('languageCode', 'art')}${slot('legalAuthenticator', who.person)}${slot('serviceStartTime', time)}${slot('serviceStopTime', time)}${slot('size', String(one.size))}${slot('sourcePatientId', who.ins)}${named('Source')}`
    + author(one.id, '93606bcf-9494-43ec-9b4e-a7748d1a838d', who) + coded(one.id, '41a5887f-8865-4c09-adf7-e362475b143a', 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'URN', 'Digital Signature')
    + coded(one.id, 'f4f85eac-e6cb-4883-b524-f2705394840f', 'N', '2.16.840.1.113883.5.25', 'Normal') + ['MASQUE_PS', 'INVISIBLE_PATIENT'].map((mask) => coded(one.id, 'f4f85eac-e6cb-4883-b524-f2705394840f', mask, '1.2.250.1.213.1.1.4.13', masking[mask] ?? '')).join('')
    + coded(one.id, '2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4', '1.2.840.10065.1.12.1.14', '1.2.840.10065.1.12', 'Source') + coded(one.id, 'a09d5840-386c-46f2-b5ad-9c3699a4309d', 'http://www.w3.org/2000/09/xmldsig#', 'URN', 'Default Signature Style')
    + coded(one.id, 'f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1', 'SA25', '1.2.250.1.71.4.2.4', 'Laboratoire de biologie médicale') + coded(one.id, 'cccf5598-8b07-4b77-a05e-ae952c785ead', 'AMBULATOIRE', '1.2.250.1.213.1.1.4.9', 'Ambulatoire')
    + coded(one.id, 'f0306f51-975f-434e-a61c-c59651d33983', 'E1762', 'ASTM', 'Full Document')
    + external(one.id, '58a6f841-87b3-4a3e-92fd-a8ffeff98427', who.ins, 'XDSDocumentEntry.patientId') + external(one.id, '2e82c1f6-a085-4c72-9da3-8640a32e42ab', one.uniqueId, 'XDSDocumentEntry.uniqueId') + '</ExtrinsicObject>';
}

export function submissionSet(uniqueId: string, who: Identity, time: string): string {
  return `<RegistryPackage id="Lot01">${slot('submissionTime', time)}${named('Lot de test')}${author('Lot01', 'a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', who)}${coded('Lot01', 'aa543740-bdda-424e-8c96-df4873be8500', '07', '1.2.250.1.213.2.2', 'Consultation')}<Classification classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd" classifiedObject="Lot01" id="${id('c')}"/>`
    + external('Lot01', '6b5aea1a-874d-4603-a4bc-96a0a7b38446', who.ins, 'XDSSubmissionSet.patientId') + external('Lot01', '554ac39e-e3fe-47fe-b233-965d2a147832', '1.2.250.1.999.1', 'XDSSubmissionSet.sourceId') + external('Lot01', '96fdda7c-d067-4183-912e-bf5ee74998a8', uniqueId, 'XDSSubmissionSet.uniqueId') + '</RegistryPackage>';
}

export const association = (type: string, source: string, target: string, slots: Readonly<Record<string, string>> = { SubmissionSetStatus: 'Original' }): string =>
  `<Association id="${id('a')}" associationType="${type}" objectType="urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Association" sourceObject="${source}" targetObject="${target}">${Object.entries(slots).map(([name, value]) => slot(name, value)).join('')}</Association>`;
export const hasMember = 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember';
export const replacement = 'urn:ihe:iti:2007:AssociationType:RPLC';
export const submit = (objects: string): string => `<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="${rim}">${objects}</RegistryObjectList></lcm:SubmitObjectsRequest>`;
