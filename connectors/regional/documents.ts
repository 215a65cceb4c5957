import type { DocumentReference, Encounter, Patient, Reference, Resource } from '@medplum/fhirtypes';
import type { Work } from '../../src/deliver/connector.ts';
import { emitResource, type Emission } from '../../src/emit/resource.ts';
import { placeOf, type Index, type RegionalContent } from './content.ts';
import type { Quirks } from './config.ts';
import { Contained, mapReferences } from './references.ts';
import { isLabelled, submissionSet } from './submission-set.ts';
import { create, Keys, patientName, setCode, uriSystem, type Entry, type Token } from './transaction.ts';

const pdsm = 'https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition';
export const provideBundle = `${pdsm}/pdsm-comprehensive-provide-document-bundle`;

/** masterIdentifier of a document by its uniqueId: an OID alone, or `OID^extension` (dmp.md §4). */
export function masterToken(uniqueId: string): Token {
  const [root = '', extension = ''] = uniqueId.split('^');
  return extension === '' ? { system: uriSystem, value: `urn:oid:${root}` } : { system: `urn:oid:${root}`, value: extension };
}

/** A reference that may leave only by identifier: PDSm wants no other resource in the transaction. */
function byIdentifierOnly(index: Index, reference: Record<string, unknown>): Record<string, unknown> | null {
  const target = index.get(String(reference.reference)) as (Resource & { identifier?: Encounter['identifier'] }) | undefined;
  const [identifier] = target?.identifier ?? [];
  return identifier === undefined || target === undefined ? null : { type: target.resourceType, identifier };
}

/** What a document of the Bundle replaces: each of a pair has its own earlier version. */
function replacedBy({ action, documents = [] }: RegionalContent, { masterIdentifier }: DocumentReference): Token | null {
  if (action !== 'replace') return null;
  const own = documents.find(({ uniqueId }) => { const { system, value } = masterToken(uniqueId); return masterIdentifier?.system === system && masterIdentifier.value === value; });
  return own === undefined || own.replaces === '' ? null : masterToken(own.replaces);
}

interface Making { readonly index: Index; readonly emission: Emission; readonly content: RegionalContent; readonly documents: Work['documents']; readonly quirks: Quirks; readonly trace: string }

/** One DocumentReference in PDSm's shape: who wrote it contained, its bytes a Binary of the same transaction. */
function documentReference(made: Making, fullUrl: string, source: DocumentReference, name: string): DocumentReference {
  const contained = new Contained(made.index, made.emission);
  const inside = <T extends Resource>(reference: Reference<T> | undefined): Reference<T>[] => { const id = contained.add(reference?.reference); return id === null ? [] : [{ reference: id }]; };
  const authors = (source.author ?? []).flatMap((one) => inside(one));
  if (authors.length === 0) authors.push({ reference: contained.put({ resourceType: 'Device', id: 'device-author', deviceName: [{ name: 'Passerelle', type: 'user-friendly-name' }] }) });
  const [authenticator] = inside(source.authenticator);
  const [custodian] = inside(source.custodian);
  const sourcePatient = contained.add(source.subject?.reference);
  const known = made.documents.get(name);
  const { author: _, authenticator: __, custodian: ___, content, context, relatesTo: ____, ...rest } = emitResource(source, made.emission);
  const attachment = content[0]?.attachment ?? {};
  const { data: _____, ...described } = attachment;
  const start = context?.period?.start ?? source.date ?? attachment.creation;
  const replaces = replacedBy(made.content, source);
  const outside = mapReferences({ ...rest, context: context ?? {} }, (reference) =>
    (made.index.get(String(reference.reference))?.resourceType === 'Patient' ? reference : byIdentifierOnly(made.index, reference)));
  return {
    ...outside, meta: { profile: [`${pdsm}/pdsm-comprehensive-document-reference`] }, contained: contained.resources,
    identifier: [...(source.identifier ?? []), { use: 'usual', system: uriSystem, value: fullUrl }],
    author: authors, ...(authenticator === undefined ? {} : { authenticator }), ...(custodian === undefined ? {} : { custodian }),
    ...(replaces === null ? {} : { relatesTo: [{ code: 'replaces', target: { type: 'DocumentReference', identifier: replaces } }] }),
    content: [{
      ...content[0],
      attachment: {
        ...described, title: attachment.title ?? source.description ?? source.type?.text ?? source.type?.coding?.[0]?.display ?? 'Document', url: binaryOf(fullUrl, source),
        ...(known === undefined ? {} : { size: known.size, hash: Buffer.from(known.sha1, 'hex').toString('base64') }),
      },
    }],
    context: { ...outside.context, ...(sourcePatient === null ? {} : { sourcePatientInfo: { reference: sourcePatient } }), ...(start === undefined ? {} : { period: { ...context?.period, start } }) },
  };
}

const binaryOf = (fullUrl: string, source: DocumentReference): string => source.content[0]?.attachment.url ?? fullUrl;

/**
 * A Binary has no identifier to be conditional on: its id is ours, so that sending it again changes nothing. It has no labels
 * either: who may read it is who may read its DocumentReference (FHIR R4 Binary.securityContext).
 */
function binaryEntry(made: Making, fullUrl: string, name: string, place: string, labelled: string | null): Entry {
  const stored = made.index.get(fullUrl);
  const contentType = stored?.resourceType === 'Binary' ? stored.contentType : 'application/octet-stream';
  const id = fullUrl.replace('urn:uuid:', '');
  const request = made.quirks.updateCreate ? { method: 'PUT' as const, url: `Binary/${id}` } : { method: 'POST' as const, url: 'Binary' };
  return { fullUrl, place, document: name, request, resource: { resourceType: 'Binary', ...(made.quirks.updateCreate ? { id } : {}), contentType, ...(labelled === null ? {} : { securityContext: { reference: labelled } }) } };
}

/**
 * The PDSm transaction of a message's documents (ITI-65; dmp.md §4, regional.md R4): submission set, DocumentReferences,
 * their Binaries, the patient. Empty without a document.
 */
export function documentEntries(made: Making): { readonly entries: Entry[]; readonly masters: readonly Token[] } {
  const { index, content, emission, quirks, trace } = made;
  const keys = new Keys();
  const found = [...index].flatMap(([fullUrl, source]) => {
    const name = source.resourceType === 'DocumentReference' ? content.binaries[binaryOf(fullUrl, source)] : undefined;
    return source.resourceType === 'DocumentReference' && name !== undefined ? [{ fullUrl, source, name }] : [];
  });
  const [subject] = [...index].flatMap(([fullUrl, resource]) => (resource.resourceType === 'Patient' ? [{ fullUrl, resource }] : []));
  if (found.length === 0 || subject === undefined) return { entries: [], masters: [] };
  const documents = found.map(({ fullUrl, source, name }) => {
    const resource = documentReference(made, fullUrl, source, name);
    const { masterIdentifier } = source;
    const token = masterIdentifier?.system === undefined || masterIdentifier.value === undefined ? { system: uriSystem, value: fullUrl } : { system: masterIdentifier.system, value: masterIdentifier.value };
    return { resource, token, entries: [create(fullUrl, resource, token, placeOf(source), quirks), binaryEntry(made, binaryOf(fullUrl, source), name, placeOf(source), isLabelled(source) ? fullUrl : null)] };
  });
  const emitted = emitResource<Patient>(subject.resource, emission);
  const patient = keys.of(emitted, () => patientName(emitted, subject.fullUrl));
  const set = submissionSet(trace, index, documents.map(({ resource }) => resource), found.map(({ fullUrl }) => fullUrl), subject.fullUrl);
  return {
    masters: documents.map(({ token }) => token),
    entries: [
      create(set.fullUrl, set.resource, set.token, 'MSH', quirks), ...documents.flatMap(({ entries }) => entries),
      create(subject.fullUrl, patient.resource, patient.token, placeOf(subject.resource), quirks),
    ],
  };
}

/** The status of each of these documents, once each. */
const statuses = (uniqueIds: readonly string[], status: string, place: string): Entry[] =>
  [...new Set(uniqueIds)].filter((one) => one !== '').map((one) => setCode('DocumentReference', 'status', status, masterToken(one), place));

/**
 * The replaced versions become superseded, after the new ones are stored: a platform that never had them takes the new ones
 * all the same.
 */
export const supersedeEntries = ({ action, documents = [] }: RegionalContent): Entry[] =>
  (action === 'replace' ? statuses(documents.map(({ replaces }) => replaces), 'superseded', 'TXA-13') : []);

/** A deletion tells the registry that the documents were entered in error; nothing else leaves (dmp.md §4, flows 03/04). */
export const deletionEntries = ({ documents = [] }: RegionalContent): Entry[] => statuses(documents.map(({ uniqueId }) => uniqueId), 'entered-in-error', 'TXA-12');
