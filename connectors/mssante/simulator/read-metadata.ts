import type { XmlNode } from 'libxml2-wasm';
import type { Entry, Metadata } from './mail.ts';
import { parseXml } from './read-cda.ts';

const ns = { rim: 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0', lcm: 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0' };
/** IHE ITI TF-3 §4.2.5: classification schemes and identification schemes, by XDS name. */
const classified = {
  classCode: 'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a', typeCode: 'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983', formatCode: 'urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d',
  confidentialityCode: 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f', healthcareFacilityTypeCode: 'urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1',
  practiceSettingCode: 'urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead', author: 'urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d',
} as const;
const identified = { uniqueId: 'urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab', patientId: 'urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427' } as const;
const setSchemes = {
  patientId: 'urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446', uniqueId: 'urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8', sourceId: 'urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832',
} as const;
const submissionSet = 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd';
export const documentType = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';

const text = (node: XmlNode, xpath: string): string => node.get(xpath, ns)?.content.trim() ?? '';
const slots = (node: XmlNode, name: string): string[] => node.find(`rim:Slot[@name="${name}"]/rim:ValueList/rim:Value`, ns).map((one) => one.content.trim());
/** Its full name is not published: `action`, or a URN that ends so (volet TDC, exemples). */
const actionOf = (node: XmlNode): string => node.find('rim:Slot', ns).filter((one) => /(^|:)action$/i.test(text(one, '@name'))).map((one) => text(one, 'rim:ValueList/rim:Value'))[0] ?? '';
const codesOf = (node: XmlNode, scheme: string): string[] => node.find(`rim:Classification[@classificationScheme="${scheme}"]/@nodeRepresentation`, ns).map((one) => one.content);
const externalId = (node: XmlNode, scheme: string): string => text(node, `rim:ExternalIdentifier[@identificationScheme="${scheme}"]/@value`);

function entry(node: XmlNode): Entry {
  const value = (name: string): string => slots(node, name)[0] ?? '';
  const typeCode = codesOf(node, classified.typeCode)[0] ?? '';
  const uniqueId = externalId(node, identified.uniqueId), patientId = externalId(node, identified.patientId);
  const present: Readonly<Record<string, boolean>> = {
    uniqueId: uniqueId !== '', patientId: patientId !== '', typeCode: typeCode !== '', title: text(node, 'rim:Name/rim:LocalizedString/@value') !== '',
    ...Object.fromEntries((['classCode', 'formatCode', 'confidentialityCode'] as const).map((name) => [name, codesOf(node, classified[name]).some((code) => code !== '')])),
    ...Object.fromEntries(['creationTime', 'languageCode', 'sourcePatientId', 'sourcePatientInfo', 'hash', 'size', 'URI'].map((name) => [name, value(name) !== ''])),
    author: node.get(`rim:Classification[@classificationScheme="${classified.author}"]`, ns) !== null,
    objectType: text(node, '@objectType') === documentType, mimeType: text(node, '@mimeType') !== '',
  };
  return {
    id: text(node, '@id'), uri: value('URI'), hash: value('hash'), size: value('size'), mimeType: text(node, '@mimeType'), uniqueId, patientId, typeCode,
    patientInfo: slots(node, 'sourcePatientInfo'), confidentiality: codesOf(node, classified.confidentialityCode), action: actionOf(node),
    missing: Object.entries(present).filter(([, there]) => !there).map(([name]) => name),
  };
}

/** METADATA.XML by XPath; null when it is not a SubmitObjectsRequest. Throws what the parser says. */
export function readMetadata(bytes: Uint8Array): Metadata | null {
  const document = parseXml(bytes);
  try {
    const { root } = document;
    if (root.name !== 'SubmitObjectsRequest' || root.namespaceUri !== ns.lcm) return null;
    const list = 'rim:RegistryObjectList';
    return {
      sets: root.find(`${list}/rim:RegistryPackage`, ns).map((node) => {
        const id = text(node, '@id');
        const isSet = root.get(`//rim:Classification[@classifiedObject="${id}" and @classificationNode="${submissionSet}"]`, ns) !== null;
        const missing = Object.entries(setSchemes).filter(([, scheme]) => externalId(node, scheme) === '').map(([name]) => name);
        return { id, patientId: externalId(node, setSchemes.patientId), missing: [...missing, ...(isSet ? [] : ['classification']), ...(slots(node, 'submissionTime').length === 1 ? [] : ['submissionTime'])] };
      }),
      documents: root.find(`${list}/rim:ExtrinsicObject`, ns).map(entry),
      associations: root.find(`${list}/rim:Association`, ns).map((node) => ({ type: text(node, '@associationType').split(':').at(-1) ?? '', source: text(node, '@sourceObject'), target: text(node, '@targetObject') })),
    };
  } finally { document.dispose(); }
}
