import { classified, contents, identifier, slot, type RegistryObject } from '../lot.ts';
import { documentEntryType, hasMember, replaces, scheme, signs } from '../namespaces.ts';
import { instant, localPatient, oid } from '../grammar.ts';
import { family, hold, short, type Broken, type Rule } from '../rule.ts';
import { contentTypeScheme } from '../tables/classes.ts';
import { all, attr, deep } from '../xml.ts';
import { insOf } from '../vihf.ts';
import { rim, xdsb } from '../namespaces.ts';

const rule = family('lot', 'ITI TF-3 §4.2 ; dmp.md §1.4', 'XDSRepositoryMetadataError');
const knownAssociations: readonly string[] = [hasMember, replaces, signs];
const schemes: ReadonlySet<string> = new Set(Object.values(scheme));
/** Children of a registry object in the order of rim.xsd. */
const order = ['Slot', 'Name', 'Description', 'VersionInfo', 'Classification', 'ExternalIdentifier'];
const limits = { Value: 256, nodeRepresentation: 256, identifier: 256, localized: 1024 };

const set = (received: Parameters<Rule['check']>[0]): RegistryObject | null => received.lot?.sets[0] ?? null;
const provide = (check: Rule['check']): Rule['check'] => (received) => (received.transaction === 'TD2.1' && received.lot !== null ? check(received) : null);

export const lotRules: readonly Rule[] = [
  rule('lot-present', 'Le corps porte un SubmitObjectsRequest et son RegistryObjectList.', 'The body holds a SubmitObjectsRequest and its RegistryObjectList.', ({ transaction, lot, body }) => (body !== null && (transaction === 'TD2.1' || transaction.startsWith('TD3.3')) ? hold(lot !== null, 'SubmitObjectsRequest') : null)),
  rule('lot-one-submission-set', 'Il y a un SubmissionSet, et un seul.', 'There is one SubmissionSet and only one.', ({ lot }) => (lot === null ? null : hold(lot.sets.length === 1 && classifiedAsSet(lot.sets[0]), 'RegistryPackage', String(lot.sets.length))), { source: 'ITI TF-3 §4.2.1.1' }),
  rule('lot-documents', 'Le lot a au moins un document.', 'The lot has at least one document.', provide(({ lot }) => hold(lot !== null && contents(lot).length > 0, 'ExtrinsicObject'))),
  rule('lot-object-type', 'objectType est celui d’un document stable.', 'objectType is that of a stable document.', ({ lot }) => lot?.entries.filter(({ element }) => attr(element, 'objectType') !== documentEntryType).map(({ element }) => ({ at: 'ExtrinsicObject/@objectType', extract: attr(element, 'objectType') })) ?? null),
  rule('lot-structure', 'Éléments des objets dans l’ordre de rim.xsd, sans élément inconnu.', 'Elements of objects in the order of rim.xsd, none unknown.',
    ({ lot }) => (lot === null ? null : [...lot.sets, ...lot.entries].flatMap(({ element }): Broken[] => {
      const found = element.children.map((child) => (child.ns === rim ? order.indexOf(child.name) : -1));
      return found.every((at, i) => at >= 0 && at >= (found[i - 1] ?? 0)) ? [] : [{ at: element.name, extract: short(element.children.map((child) => child.name).filter((name, i, list) => list[i - 1] !== name).join(', ')) }];
    })), { source: 'ebRIM 3.0 rim.xsd' }),
  rule('lot-ids', 'Les id du message sont uniques et présents.', 'The ids of the message are there and unique.',
    ({ lot }) => { if (lot === null) return null; const ids = [...deep(lot.list)].filter((found) => ['RegistryPackage', 'ExtrinsicObject', 'Association', 'Classification', 'ExternalIdentifier'].includes(found.name)).map((found) => attr(found, 'id')); return ids.filter((id, i) => id === '' || ids.indexOf(id) !== i).map((id) => ({ at: '@id', extract: short(id) })); }, { source: 'ebRIM 3.0 ; dmp.md §9' }),
  rule('lot-classified-object', 'classifiedObject et registryObject désignent l’objet qui les porte.', 'classifiedObject and registryObject name the object that holds them.',
    ({ lot }) => (lot === null ? null : [...lot.sets, ...lot.entries].flatMap((object): Broken[] => [
      ...object.classifications.filter(({ element }) => attr(element, 'classifiedObject') !== object.id).map(({ element }) => ({ at: `Classification ${attr(element, 'id')}/@classifiedObject` })),
      ...object.identifiers.filter(({ element }) => attr(element, 'registryObject') !== object.id).map(({ element }) => ({ at: `ExternalIdentifier ${attr(element, 'id')}/@registryObject` })),
    ]))),
  rule('lot-schemes', 'Les schémas de classification et d’identification sont ceux d’XDS.', 'Classification and identification schemes are those of XDS.',
    ({ lot }) => (lot === null ? null : [...lot.sets, ...lot.entries].flatMap((object) => [...object.classifications.filter((one) => one.scheme !== ''), ...object.identifiers].filter((one) => !schemes.has(one.scheme)).map((one) => ({ at: `${one.element.name} ${attr(one.element, 'id')}`, extract: one.scheme })))), { source: 'ITI TF-3 §4.2.5' }),
  rule('lot-slots-once', 'Un nom de Slot n’apparaît qu’une fois par objet.', 'A Slot name is there once in an object.',
    ({ lot }) => (lot === null ? null : [...lot.sets, ...lot.entries].flatMap(({ element }) => { const names = all(element, 'Slot', rim).map((found) => attr(found, 'name')); return names.filter((name, i) => names.indexOf(name) !== i).map((name) => ({ at: `Slot ${name}` })); })), { source: 'dmp.md §1.5' }),
  rule('lot-long-name', 'Valeurs de Slot, nodeRepresentation et identifiants : 256 caractères au plus.', 'Slot values, nodeRepresentation and identifiers: 256 characters at most.',
    ({ lot }) => (lot === null ? null : [...deep(lot.list)].flatMap((found): Broken[] => {
      if (found.name === 'Value' && found.text.length > limits.Value) return [{ at: 'Slot Value', extract: `${String(found.text.length)} > 256` }];
      if (attr(found, 'nodeRepresentation').length > limits.nodeRepresentation) return [{ at: '@nodeRepresentation' }];
      return found.name === 'ExternalIdentifier' && attr(found, 'value').length > limits.identifier ? [{ at: 'ExternalIdentifier/@value' }] : [];
    })), { source: 'ebRIM 3.0 rim.xsd LongName' }),
  rule('lot-free-form', 'Les LocalizedString ont 1024 caractères au plus.', 'LocalizedStrings have 1024 characters at most.', ({ lot }) => (lot === null ? null : [...deep(lot.list)].filter((found) => found.name === 'LocalizedString' && attr(found, 'value').length > limits.localized).map(() => ({ at: 'LocalizedString/@value' }))), { source: 'ebRIM 3.0 rim.xsd FreeFormText' }),
  rule('lot-server-metadata', 'availabilityStatus, version, logicalId et repositoryUniqueId ne sont pas soumis.', 'availabilityStatus, version, logicalId and repositoryUniqueId are not submitted.',
    provide(({ lot }) => lot?.entries.flatMap(({ element, slots }): Broken[] => [...hold(attr(element, 'status') === '', 'availabilityStatus'), ...hold(attr(element, 'lid') === '', 'logicalId'), ...hold(!slots.has('repositoryUniqueId'), 'repositoryUniqueId'), ...hold(!slots.has('URI'), 'URI'), ...hold(all(element, 'VersionInfo').length === 0, 'version')]) ?? null), { source: 'PDSM4DMP ; dmp.md §1.5' }),
  rule('lot-has-member', 'Une association HasMember va du lot à chaque entrée, et une seule.', 'One HasMember association goes from the lot to each entry, and only one.',
    ({ lot, transaction }) => (lot === null || transaction.startsWith('TD3.3c') || transaction === 'TD3.3d' ? null : lot.entries.filter((entry) => lot.associations.filter((one) => one.type === hasMember && one.source === lot.sets[0]?.id && one.target === entry.id).length !== 1).map((entry) => ({ at: `Association HasMember → ${entry.id}` }))), { source: 'ITI TF-3 §4.2.1.4' }),
  rule('lot-member-original', 'HasMember porte SubmissionSetStatus = Original.', 'HasMember carries SubmissionSetStatus = Original.', ({ lot }) => lot?.associations.filter((one) => one.type === hasMember && slot(one, 'SubmissionSetStatus') !== 'Original').map((one) => ({ at: `Association ${one.id} SubmissionSetStatus` })) ?? null, { source: 'ITI TF-3 §4.2.1.4' }),
  rule('lot-association-types', 'Associations : HasMember, RPLC (urn:ihe:iti:2007) et signs seulement.', 'Associations: HasMember, RPLC (urn:ihe:iti:2007) and signs only.',
    provide(({ lot }) => lot?.associations.filter((one) => !knownAssociations.includes(one.type)).map((one) => ({ at: `Association ${one.id}/@associationType`, extract: one.type })) ?? null), { source: 'ITI TF-3 §4.2.2 ; dmp.md §1.4' }),
  rule('lot-entry-without-document', 'Chaque entrée a son document dans le message.', 'Each entry has its document in the message.',
    provide(({ lot, body }) => lot?.entries.filter((entry) => !all(body, 'Document', xdsb).some((one) => attr(one, 'id') === entry.id)).map((entry) => ({ at: `ExtrinsicObject ${entry.id}` })) ?? null), { source: 'ITI TF-3 §4.2.4.1', code: 'XDSMissingDocument' }),
  rule('lot-document-without-entry', 'Chaque document du message a son entrée.', 'Each document of the message has its entry.',
    provide(({ lot, body }) => all(body, 'Document', xdsb).filter((one) => !lot?.entries.some((entry) => entry.id === attr(one, 'id'))).map((one) => ({ at: `Document ${attr(one, 'id')}` }))), { source: 'ITI TF-3 §4.2.4.1', code: 'XDSMissingDocumentMetadata' }),
  rule('lot-patients', 'Le lot et toutes ses entrées ont le même patientId.', 'The lot and all its entries have the same patientId.',
    (received) => { const own = identifier(set(received), scheme.lotPatientId); return insOf(own) === null ? null : received.lot?.entries.filter((entry) => insOf(identifier(entry, scheme.patientId)) !== null && identifier(entry, scheme.patientId) !== own).map((entry) => ({ at: `${entry.id} patientId`, extract: identifier(entry, scheme.patientId) })) ?? null; }, { source: 'ITI TF-3 §4.2.4.1', code: 'XDSPatientIdDoesNotMatch' }),
  rule('lot-patient-form', 'patientId du lot : INS^^^&OID&ISO^NH.', 'The lot’s patientId: INS^^^&OID&ISO^NH.', (received) => (set(received) === null ? null : hold(insOf(identifier(set(received), scheme.lotPatientId)) !== null, 'SubmissionSet.patientId', identifier(set(received), scheme.lotPatientId))), { source: 'dmp.md §1.5' }),
  rule('lot-unique-id', 'uniqueId et sourceId du lot sont des OID.', 'The lot’s uniqueId and sourceId are OIDs.',
    (received) => (set(received) === null ? null : [...hold(oid(identifier(set(received), scheme.lotUniqueId)), 'SubmissionSet.uniqueId', identifier(set(received), scheme.lotUniqueId)), ...hold(oid(identifier(set(received), scheme.sourceId)), 'SubmissionSet.sourceId', identifier(set(received), scheme.sourceId))]), { source: 'EX_2.1-1130, EX_GEN-1350' }),
  rule('lot-submission-time', 'submissionTime : 14 chiffres UTC, pas dans le futur.', 'submissionTime: 14 UTC digits, not in the future.',
    (received) => { const text = slot(set(received), 'submissionTime'); const at = instant(text); return set(received) === null ? null : hold(/^[0-9]{14}$/.test(text) && at !== null && at <= received.at + received.settings.windowSeconds * 1000, 'SubmissionSet.submissionTime', text); }, { source: 'dmp.md §1.5' }),
  rule('lot-content-type', 'contentTypeCode est un code de TRE_R209 (1.2.250.1.213.2.2).', 'contentTypeCode is a code of TRE_R209 (1.2.250.1.213.2.2).',
    (received) => { const [found] = classified(set(received), scheme.contentTypeCode); return set(received) === null ? null : hold(found !== undefined && /^[0-9]{2}$/.test(found.node) && found.codingScheme === contentTypeScheme && found.name !== '', 'SubmissionSet.contentTypeCode', found?.node); }, { source: 'JDV_J59 ; dmp.md §1.5' }),
  rule('lot-author', 'Le lot a un auteur.', 'The lot has an author.', (received) => (set(received) === null ? null : hold(classified(set(received), scheme.lotAuthor).length > 0, 'SubmissionSet.author')), { source: 'dmp.md §1.5' }),
  rule('lot-source-patient', 'sourcePatientId de chaque entrée : numéro^^^&OID&ISO^PI, ou l’INS.', 'sourcePatientId of each entry: number^^^&OID&ISO^PI, or the INS.',
    ({ lot }) => lot?.entries.filter((entry) => !localPatient(slot(entry, 'sourcePatientId'))).map((entry) => ({ at: `${entry.id} sourcePatientId`, extract: short(slot(entry, 'sourcePatientId')) })) ?? null, { source: 'dmp.md §1.5' }),
];

const classifiedAsSet = (object: RegistryObject | undefined): boolean => object?.classifications.some(({ element }) => attr(element, 'classificationNode') === scheme.submissionSet) ?? false;
