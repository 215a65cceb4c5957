import { finding, type Finding } from '../../domain/finding.ts';
import type { CdaHeader, InstanceId } from '../../formats/cda/header.ts';
import type { Field, Hl7Message } from '../../formats/hl7v2/model.ts';
import type { ReadDocument } from '../../formats/reading.ts';
import type { TransmissionOrder } from './order.ts';

const parentOf = (header: CdaHeader): InstanceId | null => header.relatedDocuments.find(related => related.type === 'RPLC')?.id ?? null;

/** TXA-12 or TXA-13 against the id it repeats: `root`, or `extension^^root^ISO` (VOLET, TXA). */
function sameId(field: Field, { root, extension }: InstanceId, element: string): Finding[] {
  const [first, namespace, oid, type] = [1, 2, 3, 4].map(n => field.repetition(1).text(n).trim());
  const asWritten = extension === '' ? first === root : first === extension && oid === root;
  if (asWritten) {
    const form = extension === '' ? namespace === '' && oid === '' && type === '' : namespace === '' && type === 'ISO';
    return form ? [] : [finding('volet.document-id-form', field.place, field.place)];
  }
  // Root and extension in another order still name the same document.
  const parts = [first, namespace, oid];
  const recognised = extension !== '' && (first === `${root}^${extension}` || first === `${root}.${extension}` || (parts.includes(root) && parts.includes(extension)));
  return [recognised ? finding('volet.document-id-form', field.place, field.place) : finding('volet.document-id-differs', field.place, field.place, element)];
}

function own(message: Hl7Message, header: CdaHeader): Finding[] {
  const field = message.first('TXA').field(12);
  return field.isEmpty ? [finding('volet.field-missing', field.place, field.place)] : sameId(field, header.id, 'ClinicalDocument/id');
}

function parent(message: Hl7Message, header: CdaHeader): Finding[] {
  const field = message.first('TXA').field(13);
  const replaced = parentOf(header);
  if (field.isEmpty) return [finding('volet.field-missing', field.place, field.place)];
  return replaced === null ? [] : sameId(field, replaced, 'relatedDocument/parentDocument/id');
}

/** Whom the document replaces, in the CDA itself: the DMP and the mail archive take it from there. */
function relatedDocument({ header, place }: ReadDocument, action: TransmissionOrder['action']): Finding[] {
  if (header === null) return [];
  const replaced = parentOf(header);
  if (action === 'replace' && replaced === null) return [finding('volet.replaced-document-missing', place, place)];
  return action === 'submit' && replaced !== null ? [finding('volet.replaced-document-unexpected', place, place)] : [];
}

/** TXA against the CDA, and the replaced document named where the action needs it. */
export function idFindings(message: Hl7Message, documents: readonly ReadDocument[], action: TransmissionOrder['action']): Finding[] {
  const header = documents[0]?.header ?? null;
  const txa = message.has('TXA') && message.first('MSH').text(9) === 'MDM';
  return [
    ...documents.flatMap(document => relatedDocument(document, action)),
    ...(txa && header !== null ? own(message, header) : []),
    ...(txa && header !== null && action === 'replace' ? parent(message, header) : []),
    ...(txa && action === 'submit' && !message.first('TXA').field(13).isEmpty ? [finding('volet.replaced-document-unexpected', 'TXA-13', 'TXA-13')] : []),
    ...(txa && header === null && action === 'replace' && message.first('TXA').field(13).isEmpty ? [finding('volet.field-missing', 'TXA-13', 'TXA-13')] : []),
  ];
}

/** uniqueId of the replaced document: from the CDA, else from TXA-13; '' unless the message replaces. */
export function replacedId(message: Hl7Message, documents: readonly ReadDocument[], action: TransmissionOrder['action']): string {
  if (action !== 'replace') return '';
  const header = documents[0]?.header ?? null;
  const id = header === null ? null : parentOf(header);
  if (id !== null) return id.extension === '' ? id.root : `${id.root}^${id.extension}`;
  const txa = message.first('TXA');
  const oid = txa.text(13, 3).trim();
  return oid === '' ? txa.text(13).trim() : `${oid}^${txa.text(13).trim()}`;
}
