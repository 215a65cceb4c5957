import { createHash } from 'node:crypto';
import { identifier } from '../lot.ts';
import { approved, archived, replaces, scheme } from '../namespaces.ts';
import type { Entry } from '../registry.ts';
import { family, hold, type Broken, type Rule } from '../rule.ts';
import { insOf, names, said } from '../vihf.ts';
import { entries } from './each.ts';
import type { Received } from '../received.ts';

const rule = family('store', 'ITI TF-3 §4.2.4.1 ; dmp.md §1.6', 'XDSRegistryMetadataError');
const provide = (check: Rule['check']): Rule['check'] => (received) => (received.transaction === 'TD2.1' && received.lot !== null ? check(received) : null);
/** RPLC associations with the entry they replace, when it is in the record. */
const replacements = ({ lot, registry }: Received): { id: string; target: string; entry: Entry | undefined; source: string }[] =>
  (lot?.associations ?? []).filter((one) => one.type === replaces).map((one) => ({ id: one.id, target: one.target, source: one.source, entry: registry.entries.get(one.target) }));
/** An entry of the record under the same uniqueId, with the place of the submitted one. */
const known = (received: Received): { at: string; submitted: ReturnType<typeof entries>[number]; stored: Entry }[] => entries(received).flatMap((one) => {
  const [stored] = received.registry.byUniqueId(identifier(one.entry, scheme.uniqueId));
  return stored === undefined ? [] : [{ at: `${one.at}.uniqueId`, submitted: one, stored }];
});
const sha1 = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');

export const storeRules: readonly Rule[] = [
  rule('dmp-exists', 'Le patient a un DMP, ouvert.', 'The patient has a DMP, and it is open.',
    provide(({ lot, registry }) => { const ins = insOf(identifier(lot?.sets[0], scheme.lotPatientId)); return ins === null ? null : hold(registry.dmp(ins.value) === 'open', 'SubmissionSet.patientId', registry.dmp(ins.value)); }), { code: 'XDSUnknownPatientId' }),
  rule('unique-id-in-message', 'Les uniqueId du message (lot, documents, signature) sont tous différents.', 'The uniqueIds of the message (lot, documents, signature) all differ.',
    provide((received) => { const ids = [identifier(received.lot?.sets[0], scheme.lotUniqueId), ...entries(received).map(({ entry }) => identifier(entry, scheme.uniqueId))]; return ids.filter((id, i) => id !== '' && ids.indexOf(id) !== i).map((id) => ({ at: 'uniqueId', extract: id })); }), { code: 'XDSRegistryDuplicateUniqueIdInMessage' }),
  rule('lot-not-yet-here', 'L’uniqueId du lot n’est pas déjà dans le dossier.', 'The lot’s uniqueId is not yet in the record.', (({ lot, registry }) => { if (lot === null) return null; const id = identifier(lot.sets[0], scheme.lotUniqueId); return hold(registry.lot(id) === null, 'SubmissionSet.uniqueId', id); }), { code: 'XDSDuplicateUniqueIdInRegistry' }),
  rule('document-not-yet-here', 'L’uniqueId d’un document n’est pas déjà dans le dossier avec le même contenu.', 'A document’s uniqueId is not yet in the record with the same content.',
    provide((received) => known(received).filter(({ submitted, stored }) => submitted.bytes !== null && sha1(submitted.bytes) === stored.hash).map(({ at, stored }) => ({ at, extract: stored.uniqueId }))), { code: 'XDSDuplicateUniqueIdInRegistry', source: 'MagicDMP UNIQUEID ; dmp.md §1.6' }),
  rule('document-same-size', 'Un uniqueId déjà connu n’est pas soumis avec une autre taille.', 'A known uniqueId is not submitted with another size.',
    provide((received) => known(received).filter(({ submitted, stored }) => submitted.bytes !== null && submitted.bytes.length !== stored.size).map(({ at, stored }) => ({ at, extract: stored.uniqueId }))), { code: 'XDSNonIdenticalSize' }),
  rule('document-same-hash', 'Un uniqueId déjà connu n’est pas soumis avec une autre empreinte.', 'A known uniqueId is not submitted with another hash.',
    provide((received) => known(received).filter(({ submitted, stored }) => submitted.bytes !== null && submitted.bytes.length === stored.size && sha1(submitted.bytes) !== stored.hash).map(({ at, stored }) => ({ at, extract: stored.uniqueId }))), { code: 'XDSNonIdenticalHash' }),
  rule('replace-by-entry-uuid', 'La cible de RPLC est un entryUUID (urn:uuid), pas un uniqueId.', 'The target of RPLC is an entryUUID (urn:uuid), not a uniqueId.', provide((received) => replacements(received).filter(({ target }) => !target.startsWith('urn:uuid:')).map(({ id, target }) => ({ at: `Association ${id}/@targetObject`, extract: target }))), { source: 'dmp.md §0.4', code: 'XDSReplaceFailed' }),
  rule('replace-target', 'La cible de RPLC est dans le dossier.', 'The target of RPLC is in the record.', provide((received) => replacements(received).filter(({ entry, target }) => entry === undefined && target.startsWith('urn:uuid:')).map(({ id, target }) => ({ at: `Association ${id}/@targetObject`, extract: target }))), { code: 'XDSReplaceFailed' }),
  rule('replace-current', 'La cible de RPLC est la version courante (Approved ou Archived).', 'The target of RPLC is the current version (Approved or Archived).',
    provide((received) => replacements(received).filter(({ entry }) => entry !== undefined && ![approved, archived].includes(entry.status)).map(({ id, entry }) => ({ at: `Association ${id}/@targetObject`, extract: entry?.status ?? '' }))), { code: 'XDSRegistryDeprecatedDocumentError' }),
  rule('replace-same-patient', 'La cible de RPLC est du même patient.', 'The target of RPLC is of the same patient.',
    provide((received) => replacements(received).filter(({ entry }) => entry !== undefined && entry.patientId !== identifier(received.lot?.sets[0], scheme.lotPatientId)).map(({ id }) => ({ at: `Association ${id}/@targetObject` }))), { code: 'XDSPatientIdDoesNotMatch' }),
  rule('replace-own', 'Un document n’est remplacé que par une structure de ses auteurs.', 'A document is replaced by a structure of its authors only.',
    provide((received) => replacements(received).filter(({ entry }) => entry !== undefined && !entry.structures.includes(said(received.vihf, names.structure))).map(({ id }) => ({ at: `Association ${id}/@targetObject` }))), { source: 'dmp.md §1.1', code: 'XDSReplaceFailed' }),
  rule('replace-source', 'RPLC part d’un document du lot.', 'RPLC starts from a document of the lot.',
    provide((received) => replacements(received).flatMap(({ id, source }): Broken[] => [...hold(received.submitted.some(({ entry }) => entry.id === source), `Association ${id}/@sourceObject`)])), { source: 'ITI TF-3 §4.2.2.2 ; dmp.md §1.4' }),
];
