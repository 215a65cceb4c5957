import type { Receipt } from '../../src/domain/delivery.ts';
import type { XdsCode } from '../../src/formats/xds/document-entry.ts';
import { getDocumentsByEntryUuid } from '../../src/formats/xds/ebrim/query.ts';
import type { RegisteredDocument } from '../../src/formats/xds/ebrim/read-entry.ts';
import { statuses } from '../../src/formats/xds/ebrim/schemes.ts';
import { invisibleToPatient, invisibleToRepresentatives, maskedToProfessionals } from '../../src/formats/xds/visibility.ts';
import type { Frozen, Target } from './content.ts';
import { ask, documentsOf, samePatient, versionOf, type Asking } from './registry.ts';

/**
 * What the record has of a lot. `found`: all of it, as it was sent. `other`: another content under one of its ids. `some`: a part
 * of its documents. `receipt`: it could not be told, or what is there is for a person.
 */
export type Presence = { readonly kind: 'found' | 'absent' | 'other' | 'some' } | { readonly kind: 'receipt'; readonly receipt: Receipt };

type Wanted = Frozen['documents'][number]['entry'];
type Compared = 'same' | 'absent' | 'other' | 'other-patient' | 'other-visibility' | 'not-comparable';

const visibilityCodes: ReadonlySet<string> = new Set([maskedToProfessionals, invisibleToPatient, invisibleToRepresentatives].map(({ code }) => code));
/** Who may see a document, as one text. */
const seenBy = (codes: readonly XdsCode[]): string => [...new Set(codes.map(({ code }) => code))].filter((code) => visibilityCodes.has(code)).sort().join(' ');

function compare(wanted: Wanted, registered: readonly RegisteredDocument[]): Compared {
  const version = versionOf(registered, wanted.uniqueId);
  if (version === null) return 'absent';
  const { entry, registered: { availabilityStatus } } = version;
  if (!samePatient(entry.patientId, wanted.patientId)) return 'other-patient';
  if (entry.hash === '' || entry.size === 0 || availabilityStatus === statuses.deleted) return 'not-comparable';
  if (entry.hash.toLowerCase() !== wanted.hash.toLowerCase() || entry.size !== wanted.size) return 'other';
  return seenBy(entry.confidentialityCode) === seenBy(wanted.confidentialityCode) ? 'same' : 'other-visibility';
}

const held = (fault: 'dmp.other-patient' | 'dmp.not-comparable'): Presence => ({ kind: 'receipt', receipt: { kind: 'held', fault, args: [] } });
const otherVisibility: Presence = { kind: 'receipt', receipt: { kind: 'refused', fault: 'dmp.other-visibility', args: [], remote: { code: 'OTHER_VISIBILITY', label: 'Document déjà présent avec une autre visibilité', english: 'Document already there with another visibility' } } };

async function documentsThere(asking: Asking, { documents }: Frozen): Promise<Presence> {
  const ids = documents.map(({ entry }) => entry.uniqueId);
  const references = await documentsOf(asking, ids, 'ObjectRef');
  if ('receipt' in references) return { kind: 'receipt', receipt: references.receipt };
  const { objectRefs } = references.answer;
  if (objectRefs.length === 0) return { kind: 'absent' };
  const entries = await documentsOf(asking, ids, 'LeafClass');
  if ('receipt' in entries) return { kind: 'receipt', receipt: entries.receipt };
  const compared = documents.map(({ entry }) => compare(entry, entries.answer.documents));
  if (compared.includes('other-patient')) return held('dmp.other-patient');
  // Something has these ids, and its entries are not shown: neither there nor absent.
  if (compared.includes('not-comparable') || compared.every((one) => one === 'absent')) return held('dmp.not-comparable');
  if (compared.includes('other-visibility')) return otherVisibility;
  const same = compared.filter((one) => one === 'same').length;
  if (same > 0) return { kind: same === documents.length ? 'found' : 'some' };
  return { kind: 'other' };
}

/** A deletion is there once no version of its targets stands: asked by the entryUUIDs that it named, then by uniqueId, as a change of metadata renews them. */
async function deletionDone(asking: Asking, { documents }: Frozen, targets: Readonly<Record<string, Target>>): Promise<Presence> {
  const named = documents.map(({ entry }) => entry.uniqueId).filter((id) => targets[id] !== undefined);
  if (named.length === 0) return { kind: 'absent' };
  const byUuid = await ask(asking, getDocumentsByEntryUuid(Object.values(targets).map(({ entryUuid }) => entryUuid), 'ObjectRef'));
  if ('receipt' in byUuid) return { kind: 'receipt', receipt: byUuid.receipt };
  const references = byUuid.answer.objectRefs.length > 0 ? byUuid : await documentsOf(asking, named, 'ObjectRef');
  if ('receipt' in references) return { kind: 'receipt', receipt: references.receipt };
  if (references.answer.objectRefs.length === 0) return { kind: 'found' };
  const entries = await documentsOf(asking, named, 'LeafClass');
  if ('receipt' in entries) return { kind: 'receipt', receipt: entries.receipt };
  const versions = named.map((id) => versionOf(entries.answer.documents, id)).filter((one) => one !== null);
  if (versions.some(({ entry }) => !samePatient(entry.patientId, asking.actor.patientId))) return held('dmp.other-patient');
  if (versions.length === 0) return held('dmp.not-comparable');
  // Where some are gone, sending again asks anew, and deletes the others.
  return { kind: versions.every(({ registered }) => registered.availabilityStatus === statuses.deleted) ? 'found' : 'absent' };
}

/** Is the whole lot in the record: every document by uniqueId, hash, size and visibility? For a deletion: is no version left? */
export const presence = (asking: Asking, frozen: Frozen, targets: Readonly<Record<string, Target>>): Promise<Presence> =>
  (frozen.action === 'delete' ? deletionDone(asking, frozen, targets) : documentsThere(asking, frozen));
