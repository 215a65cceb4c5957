import { finding, type Finding } from '../../domain/finding.ts';
import { at, attribute, children, text } from './element.ts';
import { decode, declaredEncoding } from './encoding.ts';
import type { CdaHeader, CdaRead } from './header.ts';
import { coded, id, ids, organization, time, type Reader } from './parts.ts';
import { authors, encounter, informationRecipients, legalAuthenticator, patient, relatedDocuments, serviceEvents } from './participants.ts';
import { scan, type Scan } from './scan.ts';

export interface CdaReading {
  /** IANA name: times written without an offset are read in it. */
  readonly timeZone: string;
  /** Bytes; a larger document is refused unread. */
  readonly maxBytes?: number;
  readonly maxDepth?: number;
}

const none = { root: '', extension: '', nullFlavor: '' };
const root = '/ClinicalDocument';

/** Elements without which a document cannot be named, dated or tied to a person. */
function missing(header: Omit<CdaHeader, 'findings'>): Finding[] {
  const absent: string[] = [];
  if (header.id.root === '') absent.push(`${root}/id/@root`);
  if (header.code.code === '') absent.push(`${root}/code/@code`);
  if (header.effectiveTime.utc === '') absent.push(`${root}/effectiveTime/@value`);
  if (!header.patient.ids.some(patientId => patientId.root !== '' && patientId.extension !== '')) absent.push(`${root}/recordTarget/patientRole/id`);
  return absent.map(place => finding('document.element-missing', place, place));
}

function headerOf(read: Scan, timeZone: string): CdaHeader {
  const reader: Reader = { timeZone, findings: [] };
  const { document } = read;
  const header = {
    rootElement: read.root, id: id(at(document, 'id')) ?? none, templateIds: children(document, 'templateId').map(element => id(element) ?? none),
    code: coded(at(document, 'code')), title: text(at(document, 'title')), effectiveTime: time(reader, at(document, 'effectiveTime'), `${root}/effectiveTime`),
    confidentiality: coded(at(document, 'confidentialityCode')), language: attribute(at(document, 'languageCode'), 'code'),
    setId: id(at(document, 'setId')), version: attribute(at(document, 'versionNumber'), 'value'), patient: patient(reader, document),
    authors: authors(reader, document), legalAuthenticator: legalAuthenticator(reader, document),
    custodian: organization(at(document, 'custodian/assignedCustodian/representedCustodianOrganization')),
    serviceEvents: serviceEvents(reader, document), relatedDocuments: relatedDocuments(document),
    inFulfillmentOf: children(document, 'inFulfillmentOf').flatMap(order => ids(at(order, 'order'))), encounter: encounter(reader, document),
    informationRecipients: informationRecipients(document), level: read.level ?? 'N3', nonXmlMediaType: read.nonXmlMediaType, embedded: read.embedded,
  };
  reader.findings.push(...missing(header));
  if (read.level === null) reader.findings.push(finding('document.element-missing', `${root}/component`, `${root}/component`));
  if (children(document, 'recordTarget').length > 1) reader.findings.push(finding('document.several-patients', `${root}/recordTarget`));
  return { ...header, findings: reader.findings };
}

/**
 * The header of a CDA R2 document (dmp.md §2.1), from its bytes as received. Never throws. Auto-presentable documents
 * (`xsl:stylesheet` around the CDA) are read too. Findings carry XPaths; an error among `header.findings` means the header
 * can be shown but not relied on.
 */
export function readCdaHeader(bytes: Uint8Array, { timeZone, maxBytes = 64 * 1024 * 1024, maxDepth = 200 }: CdaReading): CdaRead {
  if (bytes.length === 0) return { ok: false, findings: [finding('document.empty', '/')] };
  if (bytes.length > maxBytes) return { ok: false, findings: [finding('document.limits', '/', `maxBytes ${maxBytes}`)] };
  const encoding = declaredEncoding(bytes);
  const xml = decode(bytes, encoding);
  if (xml === null) return { ok: false, findings: [finding('document.encoding', '/', encoding)] };
  // What does not even start like XML gets the plainer answer: a stub text, a PDF, an RTF instead of a CDA.
  if (!/^\s*</u.test(xml)) return { ok: false, findings: [finding('document.not-cda', '/')] };
  const read = scan(xml, maxDepth);
  if ('code' in read) return { ok: false, findings: [finding(read.code, '/', ...read.args)] };
  return { ok: true, header: headerOf(read, timeZone) };
}
