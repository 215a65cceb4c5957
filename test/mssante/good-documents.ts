/** What a document is about, for the texts below. */
export interface Person { family: string; given: string; birth: string; sex: string; matricule: string; oid: string }
export interface Document { id: string; code: string; display: string; day: string; replaces: string; pdf: Buffer | null; patient?: Person }

/** A PDF that claims PDF/A-1 in its XMP packet; nothing more of the standard is in it. */
export const pdfBytes = (title: string): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n3 0 obj\n<</Type/Metadata/Subtype/XML>>\nstream\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:title>${title}</dc:title></x:xmpmeta>\nendstream\nendobj\n%%EOF\n`, 'latin1');

export const cdaXml = ({ id, code, display, day, replaces, pdf }: Document, { family, given, birth, sex, matricule, oid }: Person): string => `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id root="${id}"/>
  <code code="${code}" displayName="${display}" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Compte rendu</title>
  <effectiveTime value="${day}111700+0100"/>
  <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
  <languageCode code="fr-FR"/>
  <recordTarget><patientRole>${matricule === '' ? '' : `
    <id root="${oid}" extension="${matricule}"/>`}
    <id root="1.2.250.1.999.1.1.8.1" extension="4100027"/>
    <patient>
      <name><family qualifier="BR">${family}</family><given>${given} Marie</given><given qualifier="BR">${given}</given><family qualifier="CL">LEFEBVRE</family></name>
      <administrativeGenderCode code="${sex}" codeSystem="2.16.840.1.113883.5.1"/>
      <birthTime value="${birth}"/>
    </patient>
  </patientRole></recordTarget>${replaces === '' ? '' : `
  <relatedDocument typeCode="RPLC"><parentDocument><id root="${replaces}"/></parentDocument></relatedDocument>`}
  <documentationOf><serviceEvent><effectiveTime><low value="${day}102500+0100"/></effectiveTime></serviceEvent></documentationOf>
  <component>${pdf === null ? '<structuredBody/>' : `<nonXMLBody><text mediaType="application/pdf" representation="B64">${pdf.toString('base64')}</text></nonXMLBody>`}</component>
</ClinicalDocument>
`;

const slot = (name: string, ...values: string[]): string => `<rim:Slot name="${name}"><rim:ValueList>${values.map((one) => `<rim:Value>${one}</rim:Value>`).join('')}</rim:ValueList></rim:Slot>`;
const classified = (scheme: string, object: string, code: string, codingScheme: string): string =>
  `<rim:Classification classificationScheme="urn:uuid:${scheme}" classifiedObject="${object}" nodeRepresentation="${code}">${slot('codingScheme', codingScheme)}</rim:Classification>`;
const identified = (scheme: string, object: string, value: string): string => `<rim:ExternalIdentifier identificationScheme="urn:uuid:${scheme}" registryObject="${object}" value="${value}"/>`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const metadataXml = (documents: readonly (Document & { uri: string; hash: string; size: number })[], person: Person): string => {
  const patientId = escaped(person.matricule === '' ? '4100027^^^&1.2.250.1.999.1.1.8.1&ISO^PI' : `${person.matricule}^^^&${person.oid}&ISO^NH`);
  const entry = (one: (typeof documents)[number], id: string): string => `<rim:ExtrinsicObject id="${id}" mimeType="text/xml" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1">
  ${slot('creationTime', `${one.day}101700`)}${slot('hash', one.hash)}${slot('languageCode', 'fr-FR')}${slot('serviceStartTime', `${one.day}092500`)}${slot('size', String(one.size))}
  ${slot('sourcePatientId', escaped('4100027^^^&1.2.250.1.999.1.1.8.1&ISO^PI'))}${slot('sourcePatientInfo', `PID-5|${person.family}^${person.given}^^^^^L`, `PID-7|${person.birth}`, `PID-8|${person.sex}`)}${slot('URI', one.uri)}
  <rim:Name><rim:LocalizedString charset="UTF-8" value="Compte rendu"/></rim:Name>
  <rim:Classification classificationScheme="urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d" classifiedObject="${id}" nodeRepresentation="">${slot('authorPerson', escaped('899700218904^DUVAL^Claire^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS'))}</rim:Classification>
  ${classified('41a5887f-8865-4c09-adf7-e362475b143a', id, '31', '1.2.250.1.213.1.1.4.1')}${classified('f0306f51-975f-434e-a61c-c59651d33983', id, one.code, '2.16.840.1.113883.6.1')}
  ${classified('a09d5840-386c-46f2-b5ad-9c3699a4309d', id, 'urn:ihe:iti:xds-sd:pdf:2008', '1.3.6.1.4.1.19376.1.2.3')}${classified('f4f85eac-e6cb-4883-b524-f2705394840f', id, 'N', '2.16.840.1.113883.5.25')}
  ${identified('2e82c1f6-a085-4c72-9da3-8640a32e42ab', id, one.id)}${identified('58a6f841-87b3-4a3e-92fd-a8ffeff98427', id, patientId)}
</rim:ExtrinsicObject>`;
  const association = (id: string, type: string, source: string, target: string): string => `<rim:Association id="${id}" associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:${type}" sourceObject="${source}" targetObject="${target}"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:RegistryObjectList>
<rim:RegistryPackage id="SubmissionSet01">${slot('submissionTime', '20261120110000')}
  <rim:Classification classificationScheme="urn:uuid:aa543740-bdda-424e-8c96-df4873be8500" classifiedObject="SubmissionSet01" nodeRepresentation="03">${slot('codingScheme', '1.2.250.1.213.2.2')}</rim:Classification>
  ${identified('6b5aea1a-874d-4603-a4bc-96a0a7b38446', 'SubmissionSet01', patientId)}${identified('554ac39e-e3fe-47fe-b233-965d2a147832', 'SubmissionSet01', '1.2.250.1.999.1')}${identified('96fdda7c-d067-4183-912e-bf5ee74998a8', 'SubmissionSet01', '1.2.250.1.999.1.5')}
</rim:RegistryPackage>
<rim:Classification id="cl0" classifiedObject="SubmissionSet01" classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"/>
${documents.map((one, at) => entry(one, `Document0${at + 1}`)).join('\n')}
${documents.map((_, at) => association(`as${at}`, 'HasMember', 'SubmissionSet01', `Document0${at + 1}`)).join('\n')}
${documents.map((one, at) => (one.replaces === '' ? '' : association(`rp${at}`, 'RPLC', `Document0${at + 1}`, 'urn:uuid:11111111-2222-4333-8444-555555555555'))).join('\n')}
</rim:RegistryObjectList></lcm:SubmitObjectsRequest>
`;
};
