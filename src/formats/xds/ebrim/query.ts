import { namespaces } from './schemes.ts';
import { escaped, slot } from './xml.ts';

/** ITI-18 stored queries (IHE ITI TF-2 §3.18.4.1.2.3.7). */
const findDocumentsQuery = 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d';
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

export interface FindDocuments {
  /** CX of the INS. */
  readonly patientId: string;
  readonly statuses: readonly string[];
  /** UTC digits. */
  readonly creationTimeFrom?: string;
  readonly creationTimeTo?: string;
  readonly serviceStartTimeFrom?: string;
  readonly serviceStartTimeTo?: string;
  /** `code^^scheme`. */
  readonly typeCodes?: readonly string[];
  readonly classCodes?: readonly string[];
}

/** TD3.1a. */
export function findDocuments(wanted: FindDocuments, returnType: ReturnType): string {
  const time = (name: string, value: string | undefined): string => (value === undefined ? '' : slot(name, [value]));
  return adhocQuery(findDocumentsQuery, returnType,
    `<Slot name="$XDSDocumentEntryPatientId"><ValueList><Value>${escaped(quoted(wanted.patientId))}</Value></ValueList></Slot>`
    + slot('$XDSDocumentEntryStatus', lists(wanted.statuses))
    + time('$XDSDocumentEntryCreationTimeFrom', wanted.creationTimeFrom) + time('$XDSDocumentEntryCreationTimeTo', wanted.creationTimeTo)
    + time('$XDSDocumentEntryServiceStartTimeFrom', wanted.serviceStartTimeFrom) + time('$XDSDocumentEntryServiceStartTimeTo', wanted.serviceStartTimeTo)
    + slot('$XDSDocumentEntryTypeCode', lists(wanted.typeCodes ?? [])) + slot('$XDSDocumentEntryClassCode', lists(wanted.classCodes ?? [])));
}
