import { ParseOption, XmlDocument, type XmlNode } from 'libxml2-wasm';
import type { Cda } from './mail.ts';

const ns = { h: 'urn:hl7-org:v3' };
/** INS-NIR, INS-NIA, test, demonstration (référentiel INS). */
export const insOids: readonly string[] = ['1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11'];

/** Parses without network, DTD or external entity; throws what libxml2 says. */
export const parseXml = (bytes: Uint8Array): XmlDocument =>
  XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE });

const empty = (file: string, bytes: Buffer, fr: string, en: string): Cda =>
  ({ file, bytes, fault: { fr, en }, id: '', code: '', display: '', ins: [], family: '', given: '', birth: '', sex: '', days: [], replaces: '', pdf: null });

function facts(file: string, bytes: Buffer, root: XmlNode): Cda {
  const find = (xpath: string, from: XmlNode = root): XmlNode[] => from.find(xpath, ns);
  const text = (xpath: string, from: XmlNode = root): string => from.get(xpath, ns)?.content.trim() ?? '';
  const instance = (node: XmlNode): string => [text('@root', node), text('@extension', node)].filter((one) => one !== '').join('^');
  const first = (xpath: string): string => { const [node] = find(xpath); return node === undefined ? '' : instance(node); };
  const name = 'h:recordTarget/h:patientRole/h:patient/h:name';
  const day = (xpath: string): string[] => find(xpath).map((node) => node.content.slice(0, 8)).filter((one) => /^\d{8}$/.test(one));
  const pdf = find('.//*[@mediaType="application/pdf" and @representation="B64"]').map((node) => Buffer.from(node.content, 'base64')).find((one) => one.length > 0);
  return {
    file, bytes, fault: null, id: first('h:id'), code: text('h:code/@code'), display: text('h:code/@displayName'),
    ins: find('h:recordTarget/h:patientRole/h:id').map((node) => ({ oid: text('@root', node), matricule: text('@extension', node) })).filter(({ oid, matricule }) => insOids.includes(oid) && matricule !== ''),
    family: text(`${name}/h:family[@qualifier="BR"]`) || text(`${name}/h:family[1]`),
    given: text(`${name}/h:given[@qualifier="BR"]`) || text(`${name}/h:given[1]`),
    birth: text('h:recordTarget/h:patientRole/h:patient/h:birthTime/@value').slice(0, 8), sex: text('h:recordTarget/h:patientRole/h:patient/h:administrativeGenderCode/@code'),
    days: [...day('h:effectiveTime/@value'), ...day('h:documentationOf/h:serviceEvent/h:effectiveTime/h:low/@value'), ...day('h:documentationOf/h:serviceEvent/h:effectiveTime/@value')],
    replaces: first('h:relatedDocument[@typeCode="RPLC"]/h:parentDocument/h:id'), pdf: pdf ?? null,
  };
}

/** What the simulator looks at in a CDA, by XPath. Whatever it cannot read is a fault. */
export function readCda(file: string, bytes: Buffer): Cda {
  let document: XmlDocument;
  try { document = parseXml(bytes); } catch { return empty(file, bytes, 'le XML n\'est pas bien formé', 'the XML is not well-formed'); }
  try {
    // An auto-presentable CDA is a stylesheet that carries the document.
    const root = document.get('/h:ClinicalDocument', ns) ?? document.get('//h:ClinicalDocument', ns);
    return root === null ? empty(file, bytes, 'la racine n\'est pas ClinicalDocument', 'the root is not ClinicalDocument') : facts(file, bytes, root);
  } finally { document.dispose(); }
}
