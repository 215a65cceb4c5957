import { XmlElement, XmlAttribute, type XmlDocument } from 'libxml2-wasm';
import { hl7v3 } from './namespaces.ts';
import { NotXml, withDocument } from './xml.ts';

/** What the header of a CDA says, by XPath over the received bytes. Absent things are empty. */
export interface CdaHeader {
  /** root, or root^extension. */
  readonly id: string;
  readonly patients: readonly string[];
  readonly code: string;
  readonly codeSystem: string;
  readonly title: string;
  readonly effectiveTime: string;
  readonly confidentiality: string;
  readonly language: string;
  readonly authors: readonly string[];
  readonly authorStructures: readonly string[];
  readonly legalAuthenticator: string;
  readonly facility: string;
  readonly practices: readonly string[];
  readonly serviceLow: readonly string[];
  readonly birthTime: string;
  readonly gender: string;
  readonly families: readonly string[];
  /** Documents this one replaces. */
  readonly replaces: readonly string[];
  /** A script, or a link to something outside, in an auto-presentable document. */
  readonly active: boolean;
}

const ns = { h: hl7v3 };

function values(document: XmlDocument, path: string): string[] {
  return document.find(path, ns).map((node) => (node instanceof XmlAttribute ? node.value : node.content.trim()));
}
function instances(document: XmlDocument, path: string): string[] {
  return document.find(path, ns).flatMap((node) => {
    if (!(node instanceof XmlElement)) return [];
    const root = node.attr('root')?.value ?? '', extension = node.attr('extension')?.value ?? '';
    return root === '' ? [] : [extension === '' ? root : `${root}^${extension}`];
  });
}

/** `null` when the bytes are not a CDA. */
export function readCda(bytes: Uint8Array): CdaHeader | null {
  try {
    return withDocument(bytes, (document) => {
      if (document.root.name !== 'ClinicalDocument' || document.root.namespaceUri !== hl7v3) return null;
      const first = (path: string): string => values(document, path)[0] ?? '';
      const head = '/h:ClinicalDocument';
      return {
        id: instances(document, `${head}/h:id`)[0] ?? '', patients: instances(document, `${head}/h:recordTarget/h:patientRole/h:id`),
        code: first(`${head}/h:code/@code`), codeSystem: first(`${head}/h:code/@codeSystem`), title: first(`${head}/h:title`),
        effectiveTime: first(`${head}/h:effectiveTime/@value`), confidentiality: first(`${head}/h:confidentialityCode/@code`), language: first(`${head}/h:languageCode/@code`),
        authors: values(document, `${head}/h:author/h:assignedAuthor/h:id/@extension`), authorStructures: values(document, `${head}/h:author/h:assignedAuthor/h:representedOrganization/h:id/@extension`),
        legalAuthenticator: first(`${head}/h:legalAuthenticator/h:assignedEntity/h:id/@extension`),
        facility: first(`${head}/h:componentOf/h:encompassingEncounter/h:location/h:healthCareFacility/h:code/@code`),
        practices: values(document, `${head}/h:documentationOf/h:serviceEvent/h:performer/h:assignedEntity/h:representedOrganization/h:standardIndustryClassCode/@code`),
        serviceLow: values(document, `${head}/h:documentationOf/h:serviceEvent/h:effectiveTime/h:low/@value`),
        birthTime: first(`${head}/h:recordTarget/h:patientRole/h:patient/h:birthTime/@value`), gender: first(`${head}/h:recordTarget/h:patientRole/h:patient/h:administrativeGenderCode/@code`),
        families: values(document, `${head}/h:recordTarget/h:patientRole/h:patient/h:name/h:family`),
        replaces: instances(document, `${head}/h:relatedDocument[@typeCode='RPLC']/h:parentDocument/h:id`),
        active: document.eval("boolean(//*[local-name()='script'] | //@*[starts-with(normalize-space(.), 'javascript:')])") === true,
      };
    });
  } catch (error) {
    if (error instanceof NotXml) return null;
    throw error;
  }
}
