import { namespaces } from './schemes.ts';
import { slot } from './xml.ts';

/** The ITI-18 stored query of TD3.1b (IHE ITI TF-2 §3.18.4.1.2.3.7). */
const getDocumentsQuery = 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4';
/** A slot value is a LongName. */
const long = 256;

/** `ObjectRef` answers with entryUUIDs only, `LeafClass` with the whole entries. */
export type ReturnType = 'ObjectRef' | 'LeafClass';

/** A text of the query language: in single quotes, those inside doubled. */
const quoted = (text: string): string => `'${text.replaceAll('\'', '\'\'')}'`;

/** `('a','b')`, as many Values as needed to keep each within 256 characters. Throws RangeError when one text alone is longer. */
function lists(texts: readonly string[]): string[] {
  const values: string[] = [];
  let open = '';
  for (const text of texts.map(quoted)) {
    if (text.length + 2 > long) throw new RangeError('a stored query value is over 256 characters');
    if (open !== '' && open.length + text.length + 3 > long) { values.push(`(${open})`); open = ''; }
    open = open === '' ? text : `${open},${text}`;
  }
  return open === '' ? values : [...values, `(${open})`];
}

const adhocQuery = (id: string, returnType: ReturnType, slots: string): string =>
  `<query:AdhocQueryRequest xmlns:query="${namespaces.query}" xmlns="${namespaces.rim}"><query:ResponseOption returnComposedObjects="true" returnType="${returnType}"/><AdhocQuery id="${id}">${slots}</AdhocQuery></query:AdhocQueryRequest>`;

/** TD3.1b: which entryUUID has this uniqueId. No answer is no error: the document is not there (dmp.md §9). */
export const getDocumentsByUniqueId = (uniqueIds: readonly string[], returnType: ReturnType): string =>
  adhocQuery(getDocumentsQuery, returnType, slot('$XDSDocumentEntryUniqueId', lists(uniqueIds)));
export const getDocumentsByEntryUuid = (entryUuids: readonly string[], returnType: ReturnType): string =>
  adhocQuery(getDocumentsQuery, returnType, slot('$XDSDocumentEntryEntryUUID', lists(entryUuids)));
