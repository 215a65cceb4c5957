import type { CodeableConcept, DocumentReference } from '@medplum/fhirtypes';
import type { ReadDocument } from '../../formats/reading.ts';
import type { Building } from '../building.ts';
import { confidentiality, contentTypeOf, headerToDocumentReference } from '../cda/header-to-document-reference.ts';
import { concept } from '../datatypes/cwe.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { push, put } from '../put.ts';
import { businessKey } from '../segments/order-numbers.ts';
import { v3 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';
import type { Flags, TransmissionOrder } from '../volet/order.ts';

/** TRE_A07 (ANS, OID 1.2.250.1.213.1.1.4.13): restrictions of visibility in the DMP. */
const visibility = 'https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument';

/** Who a document comes with: the message's patient and stay, its sending time, its order. */
export interface Around { readonly subject: string; readonly encounter: string; readonly request: string; readonly sent: string }

/** fullUrls of a document's DocumentReference and Binary. */
export interface AddedDocument { readonly reference: string; readonly binary: string; readonly contentType: string }

/**
 * Confidentiality of the CDA, and what the order's flags add. A minor's care under secret connection is for no legal
 * representative to see: what is put in a shared record that way is INVISIBLE_REPRESENTANTS_LEGAUX (DMP EX_2.1-1050), whatever
 * the message's own flag of it says.
 */
function securityLabels(document: ReadDocument, flags: Flags | null): CodeableConcept[] {
  const level = document.header ? confidentiality(document.header) : { coding: [{ system: v3('Confidentiality'), code: 'N' }] };
  const added = [
    flags?.maskedToProfessionals === true ? 'MASQUE_PS' : '', flags?.invisibleToPatient === true ? 'INVISIBLE_PATIENT' : '',
    flags?.invisibleToRepresentatives === true || flags?.secretConnection === true ? 'INVISIBLE_REPRESENTANTS_LEGAUX' : '',
  ].filter(code => code !== '');
  return [level, ...added.map(code => ({ coding: [{ system: visibility, code }] }))];
}

/** OBX-5 of type ED, for documents that are no CDA: what the sender says they are. */
const mediaTypes: Readonly<Record<string, string>> = { PDF: 'application/pdf', JPEG: 'image/jpeg', JPG: 'image/jpeg', PNG: 'image/png', TIFF: 'image/tiff', HTML: 'text/html', XML: 'text/xml', RTF: 'application/rtf', DICOM: 'application/dicom' };

function contentType(document: ReadDocument, obx: Tracked | null): string {
  if (document.header) return contentTypeOf(document.header);
  return mediaTypes[obx?.peek(5, 3).toUpperCase() ?? ''] ?? 'application/octet-stream';
}

/** OBX-11 of the document, which the order's action agrees with (inbound.md §2.3). */
function putStatus(made: DocumentReference, obx: Tracked | null, order: TransmissionOrder | null): void {
  const told = obx?.text(11) ?? '';
  if (order?.action === 'delete' || told === 'D') { made.status = 'entered-in-error'; made.docStatus = 'entered-in-error'; }
  else if (order?.action === 'replace' || told === 'C') made.docStatus = 'amended';
  else if (told === 'F' || order) made.docStatus = 'final';
  else if (told === 'P') made.docStatus = 'preliminary';
}

function putReplaced(made: DocumentReference, order: TransmissionOrder | null): void {
  const replaced = order?.replaces ?? '';
  if (replaced === '') return;
  const [root = '', extension = ''] = replaced.split('^');
  const identifier = extension === '' ? { system: 'urn:ietf:rfc:3986', value: `urn:oid:${root}` } : { system: `urn:oid:${root}`, value: extension };
  const known = made.relatesTo?.some(({ code, target }) => code === 'replaces' && target.identifier?.value === identifier.value);
  if (!known) push(made, 'relatesTo', { code: 'replaces', target: { type: 'DocumentReference', identifier } });
}

/** The content: a Binary without its bytes, which the journal keeps once under the document's name. */
function putContent(building: Building, made: DocumentReference, document: ReadDocument, obx: Tracked | null): string {
  const type = contentType(document, obx), { header } = document;
  const binary = building.add({ resourceType: 'Binary', contentType: type }, document.place, document.name);
  building.binaries[binary] = document.name;
  const title = header?.title ?? '', creation = header?.effectiveTime.iso ?? '', language = header?.language ?? '';
  made.content = [{
    attachment: {
      contentType: type, ...(language === '' ? {} : { language }), url: binary, size: document.size, hash: Buffer.from(document.sha1, 'hex').toString('base64'),
      ...(title === '' ? {} : { title }), ...(creation === '' ? {} : { creation }),
    },
  }];
  return binary;
}

/**
 * One document as DocumentReference and Binary. `obx` is the segment that carried it, null for a CDA that came alone. What the
 * CDA's header says goes first; the message completes it. Returns the fullUrls, and the type of the bytes.
 */
export function addDocument(building: Building, document: ReadDocument, obx: Tracked | null, order: TransmissionOrder | null, around: Around, complete: (made: DocumentReference) => void = () => undefined): AddedDocument {
  const { header } = document, zone = building.settings.source.timeZone;
  const made: DocumentReference = header ? headerToDocumentReference(building, header, document.place, around.subject)
    : { resourceType: 'DocumentReference', status: 'current', content: [], masterIdentifier: businessKey(building, 'document', document.sha1), subject: { reference: around.subject } };
  const type = concept(obx?.part(3) ?? null, building.facility);
  if (type) {
    // The CDA's own type wins (volet: OBX-3 is the CDA's code, until 1.2 without its system); the message's words for it are kept beside.
    const [own] = made.type?.coding ?? [], [told, ...others] = type.coding ?? [];
    if (own && told && own.code === told.code) made.type = { ...type, coding: [{ ...own, ...told }, ...others] };
    else if (made.type) push(made.type, 'coding', ...(type.coding ?? []));
    else made.type = type;
  }
  putStatus(made, obx, order);
  made.securityLabel = securityLabels(document, order?.flags ?? null);
  putReplaced(made, order);
  const observed = (obx?.time(zone, 14) ?? ''), created = header?.effectiveTime.iso ?? '';
  put(made, 'date', [observed, created, around.sent].find(at => at.length > 10) ?? '');
  if (around.encounter !== '') made.context = { ...made.context, encounter: [{ reference: around.encounter }] };
  if (around.request !== '') made.context = { ...made.context, related: [...(made.context?.related ?? []), { reference: around.request }] };
  for (const url of obx ? practitionerUrls(building, obx, 16) : []) push(made, 'author', { reference: url });
  const binary = putContent(building, made, document, obx);
  complete(made);
  // How the bytes were written in the message (TEXT, XML, Base64) is undone by decoding them.
  obx?.carry(5);
  return { reference: building.add(made, document.place), binary, contentType: contentType(document, obx) };
}
