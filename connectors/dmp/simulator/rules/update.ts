import { classified, identifier, slot, type RegistryObject } from '../lot.ts';
import { approved, archived, deleted, deprecated, hasMember, scheme, updateStatus } from '../namespaces.ts';
import type { Entry } from '../registry.ts';
import type { Received } from '../received.ts';
import { family, hold, type Rule } from '../rule.ts';
import { names, said } from '../vihf.ts';
import { attr } from '../xml.ts';

const rule = family('update', 'ITI TF-2 §3.57 ; dmp.md §1.1', 'XDSMetadataUpdateError');
const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const status = (check: (change: { at: string; target: string; from: string; to: string; entry: Entry | undefined }, received: Received) => boolean): Rule['check'] => (received) => {
  const changes = received.lot?.associations.filter((one) => one.type === updateStatus) ?? [];
  if (!received.transaction.startsWith('TD3.3') || changes.length === 0) return null;
  return changes.map((one) => ({ at: `Association ${one.id}`, target: one.target, from: slot(one, 'OriginalStatus'), to: slot(one, 'NewStatus'), entry: received.registry.entries.get(one.target) }))
    .filter((change) => !check(change, received)).map(({ at, target }) => ({ at, extract: target }));
};
const versions = (check: (entry: RegistryObject, current: Entry | undefined, received: Received) => boolean): Rule['check'] => (received) => {
  if (received.transaction !== 'TD3.3a/b' || received.lot === null) return null;
  return received.lot.entries.filter((entry) => !check(entry, newest(received, attr(entry.element, 'lid')), received)).map((entry) => ({ at: `ExtrinsicObject ${entry.id}` }));
};
/** By the logical id, or, as the first version's logical id is its entryUUID, by either. */
export const newest = ({ registry }: Received, lid: string): Entry | undefined => [...registry.entries.values()].filter((one) => one.lid === lid || one.entryUuid === lid).sort((a, b) => b.version - a.version)[0];
const author = (entry: Entry, { vihf }: Received): boolean => entry.structures.includes(said(vihf, names.structure));
const flows: Readonly<Record<string, readonly string[]>> = { [approved]: [deleted, archived], [archived]: [approved, deleted] };
const kept: readonly (readonly [string, (entry: RegistryObject) => string, (entry: Entry) => string])[] = [
  ['uniqueId', (one) => identifier(one, scheme.uniqueId), (one) => one.uniqueId], ['patientId', (one) => identifier(one, scheme.patientId), (one) => one.patientId],
  ['hash', (one) => slot(one, 'hash'), (one) => one.hash], ['size', (one) => slot(one, 'size'), (one) => String(one.size)],
  ['typeCode', (one) => classified(one, scheme.typeCode)[0]?.node ?? '', (one) => one.codes.typeCode?.[0]?.split('^')[0] ?? ''], ['classCode', (one) => classified(one, scheme.classCode)[0]?.node ?? '', (one) => one.codes.classCode?.[0]?.split('^')[0] ?? ''],
];

export const updateRules: readonly Rule[] = [
  rule('update-something', 'Une mise à jour change un statut ou une version, pas les deux.', 'An update changes a status or a version, not both.',
    ({ transaction, lot }) => (lot === null || !transaction.startsWith('TD3.3') ? null : hold((lot.entries.length > 0) !== lot.associations.some((one) => one.type === updateStatus), 'RegistryObjectList'))),
  rule('update-target', 'La cible est un entryUUID du dossier.', 'The target is an entryUUID of the record.', status(({ target, entry }) => uuid.test(target) && entry !== undefined && entry.status !== deleted)),
  rule('update-from', 'OriginalStatus est le statut actuel.', 'OriginalStatus is the present status.', status(({ from, entry }) => entry === undefined || entry.status === from || entry.status === deprecated || entry.status === deleted)),
  rule('update-deprecated', 'La cible est la version courante.', 'The target is the current version.', status(({ entry }) => entry?.status !== deprecated), { code: 'XDSRegistryDeprecatedDocumentError' }),
  rule('update-to', 'NewStatus est Deleted, Archived ou (depuis Archived) Approved.', 'NewStatus is Deleted, Archived or (from Archived) Approved.', status(({ from, to }) => flows[from]?.includes(to) ?? false)),
  rule('update-source', 'L’association part du lot.', 'The association starts from the lot.', ({ lot, transaction }) => (lot === null || !transaction.startsWith('TD3.3') ? null : lot.associations.filter((one) => one.source !== lot.sets[0]?.id).map((one) => ({ at: `Association ${one.id}/@sourceObject` })))),
  rule('delete-own', 'Seule une structure des auteurs supprime un document.', 'Only a structure of the authors deletes a document.', status(({ to, entry }, received) => to !== deleted || entry === undefined || author(entry, received)), { source: 'PDSM4DMP td3.3c ; dmp.md §1.1' }),
  rule('update-patient', 'Le document est celui du patient de la requête.', 'The document is of the patient of the request.', status(({ entry }, { lot }) => entry === undefined || entry.patientId === identifier(lot?.sets[0], scheme.lotPatientId)), { code: 'XDSPatientIdDoesNotMatch' }),
  rule('version-id', 'La nouvelle version a un id urn:uuid neuf et le lid de l’ancienne.', 'The new version has a fresh urn:uuid id and the lid of the old one.', versions((entry, current, { registry }) => uuid.test(entry.id) && !registry.entries.has(entry.id) && uuid.test(attr(entry.element, 'lid')) && current !== undefined)),
  rule('version-previous', 'PreviousVersion est la version actuelle du document.', 'PreviousVersion is the present version of the document.',
    versions((entry, current, { lot }) => current === undefined || lot?.associations.some((one) => one.type === hasMember && one.target === entry.id && slot(one, 'PreviousVersion') === String(current.version)) === true), { code: 'XDSMetadataVersionError' }),
  rule('version-current', 'La version remplacée n’est ni supprimée ni obsolète.', 'The version replaced is neither deleted nor deprecated.', versions((_entry, current) => current === undefined || [approved, archived].includes(current.status)), { code: 'XDSRegistryDeprecatedDocumentError' }),
  rule('version-only-visibility', 'Seule la confidentialité change : le reste du document est inchangé.', 'Only the confidentiality changes: the rest of the document stays.', versions((entry, current) => current === undefined || kept.every(([, theirs, ours]) => theirs(entry) === ours(current))), { source: 'dmp.md §1.1 TD3.3a/b' }),
];
