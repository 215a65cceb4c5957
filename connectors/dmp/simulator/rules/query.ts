import { family, hold, type Rule } from '../rule.ts';
import { findDocuments, getDocuments } from '../transaction.ts';
import { all, attr, deep, one, type El } from '../xml.ts';
import { insKey, instant } from '../grammar.ts';
import { insOids } from '../tables/identity.ts';

const rule = family('query', 'ITI TF-2 §3.18, §3.43 ; dmp.md §1.1, §9', 'XDSRegistryError');
/** The DMP's repository, as TLSI names it. */
export const repositoryId = '1.2.250.1.213.4.1.1.1.2';
const adhoc = (check: (query: El, body: El) => ReturnType<Rule['check']>): Rule['check'] => ({ body }) => { const found = one(body, 'AdhocQuery'); return body === null || found === null ? null : check(found, body); };
export const parameter = (query: El, name: string): string[] => all(query, 'Slot').filter((found) => attr(found, 'name') === name).flatMap((found) => all(one(found, 'ValueList'), 'Value')).map((value) => value.text.trim());
const text = /^'([^']|'')*'$/, list = /^\('([^']|'')*'(,\s*'([^']|'')*')*\)$/;
/** Metadata names of coded parameters, as stored entries have them. */
export const codedParameters: Readonly<Record<string, string>> = {
  $XDSDocumentEntryClassCode: 'classCode', $XDSDocumentEntryTypeCode: 'typeCode', $XDSDocumentEntryFormatCode: 'formatCode', $XDSDocumentEntryConfidentialityCode: 'confidentialityCode',
  $XDSDocumentEntryHealthcareFacilityTypeCode: 'healthcareFacilityTypeCode', $XDSDocumentEntryPracticeSettingCode: 'practiceSettingCode', $XDSDocumentEntryEventCodeList: 'eventCodeList',
};
/** Bounds of times: metadata name, and whether it is the lower one. */
export const timeParameters: Readonly<Record<string, readonly [string, boolean]>> = Object.fromEntries(['creationTime', 'serviceStartTime', 'serviceStopTime'].flatMap((name) =>
  [['From', true], ['To', false]].map(([end, lower]) => [`$XDSDocumentEntry${name.charAt(0).toUpperCase()}${name.slice(1)}${String(end)}`, [name, lower === true] as const])));
const lists = ['$XDSDocumentEntryStatus', '$XDSDocumentEntryUniqueId', '$XDSDocumentEntryEntryUUID', ...Object.keys(codedParameters)];
const understood: ReadonlySet<string> = new Set([...lists, ...Object.keys(timeParameters), '$XDSDocumentEntryPatientId', '$XDSDocumentEntryType']);
const hl7 = (check: (body: El) => ReturnType<Rule['check']>): Rule['check'] => ({ transaction, body }) => (transaction === 'TD0.2' && body !== null ? check(body) : null);
const value = (body: El, name: string): El | null => [...deep(body)].find((found) => found.name === name) ?? null;

export const queryRules: readonly Rule[] = [
  rule('query-known', 'La requête est FindDocuments ou GetDocuments.', 'The query is FindDocuments or GetDocuments.', adhoc((query) => hold([findDocuments, getDocuments].includes(attr(query, 'id')), 'AdhocQuery/@id', attr(query, 'id'))), { code: 'XDSUnknownStoredQuery' }),
  rule('query-return', 'returnType est LeafClass ou ObjectRef, returnComposedObjects vrai.', 'returnType is LeafClass or ObjectRef, returnComposedObjects true.', adhoc((_query, body) => { const option = one(body, 'ResponseOption'); return hold(['LeafClass', 'ObjectRef'].includes(attr(option, 'returnType')) && attr(option, 'returnComposedObjects') === 'true', 'ResponseOption'); })),
  rule('query-parameters', 'Les paramètres obligatoires sont là : patientId et status, ou uniqueId (ou entryUUID).', 'The required parameters are there: patientId and status, or uniqueId (or entryUUID).',
    adhoc((query) => (attr(query, 'id') === findDocuments ? ['$XDSDocumentEntryPatientId', '$XDSDocumentEntryStatus'].filter((name) => parameter(query, name).length === 0).map((name) => ({ at: name }))
      : attr(query, 'id') === getDocuments ? hold(['$XDSDocumentEntryUniqueId', '$XDSDocumentEntryEntryUUID'].filter((name) => parameter(query, name).length > 0).length === 1, '$XDSDocumentEntryUniqueId') : null)), { code: 'XDSStoredQueryMissingParam' }),
  rule('query-quotes', 'Les textes sont entre apostrophes, les listes entre parenthèses, une apostrophe est doublée.', 'Texts are in single quotes, lists in parentheses, a quote is doubled.',
    adhoc((query) => [...lists.flatMap((name) => parameter(query, name).filter((one) => !list.test(one)).map((extract) => ({ at: name, extract }))), ...parameter(query, '$XDSDocumentEntryPatientId').filter((one) => !text.test(one)).map(() => ({ at: '$XDSDocumentEntryPatientId' }))]), { source: 'ITI TF-2 §3.18.4.1.2.3.5', code: 'XDSStoredQueryParamNumber' }),
  rule('query-times', 'Les bornes de temps sont des chiffres UTC.', 'Time bounds are UTC digits.',
    adhoc((query) => all(query, 'Slot').filter((found) => /Time(From|To)$/.test(attr(found, 'name'))).flatMap((found) => parameter(query, attr(found, 'name')).filter((one) => instant(one) === null).map((extract) => ({ at: attr(found, 'name'), extract }))))),
  rule('query-understood', 'Le simulateur connaît chaque paramètre de la requête : aucun n’est ignoré en silence.', 'The simulator knows each parameter of the query: none is silently left out.',
    adhoc((query) => all(query, 'Slot').filter((found) => !understood.has(attr(found, 'name'))).map((found) => ({ at: attr(found, 'name') })))),
  rule('retrieve-repository', 'RepositoryUniqueId est celui du DMP.', 'RepositoryUniqueId is the DMP’s.', ({ transaction, body }) => (transaction !== 'TD3.2' ? null : all(body, 'DocumentRequest').filter((request) => one(request, 'RepositoryUniqueId')?.text.trim() !== repositoryId).map((request) => ({ at: 'RepositoryUniqueId', extract: one(request, 'RepositoryUniqueId')?.text ?? '' }))), { code: 'XDSUnknownRepositoryId' }),
  rule('existence-reason', 'reasonCode est TEST_EXST de 1.2.250.1.213.1.1.4.11.', 'reasonCode is TEST_EXST of 1.2.250.1.213.1.1.4.11.', hl7((body) => { const reason = value(body, 'reasonCode'); return hold(attr(reason, 'code') === 'TEST_EXST' && attr(reason, 'codeSystem') === '1.2.250.1.213.1.1.4.11', 'reasonCode', attr(reason, 'code')); }), { source: 'DRIM ; dmp.md §1.1', code: 'InvalidRequest' }),
  rule('existence-patient', 'patientIdentifier porte un INS (root = OID, extension = INS) à la clé juste, semanticsText « Patient.id ».', 'patientIdentifier holds an INS (root = OID, extension = INS) with a right key, semanticsText "Patient.id".',
    hl7((body) => { const found = value(body, 'patientIdentifier'); const ins = one(found, 'value'); return hold(insOids.has(attr(ins, 'root')) && insKey(attr(ins, 'extension')) && one(found, 'semanticsText')?.text.trim() === 'Patient.id', 'patientIdentifier', attr(ins, 'root')); }), { source: 'DRIM ; dmp.md §1.1', code: 'InvalidRequest' }),
  rule('existence-header', 'ITSVersion XML_1.0, interactionId PRPA_IN201307UV02, destinataire DMP.', 'ITSVersion XML_1.0, interactionId PRPA_IN201307UV02, receiver DMP.',
    hl7((body) => [...hold(attr(body, 'ITSVersion') === 'XML_1.0', '@ITSVersion'), ...hold(attr(one(body, 'interactionId'), 'extension') === 'PRPA_IN201307UV02', 'interactionId'), ...hold(attr(one(one(one(body, 'receiver'), 'device'), 'id'), 'root') === '1.2.250.1.213.4.1.1.1', 'receiver/device/id')]), { source: 'DRIM ; dmp.md §1.1', code: 'InvalidRequest' }),
  rule('authorization-action', 'action vaut AJOUT (ou SUPPRESSION, convention du simulateur).', 'action is AJOUT (or SUPPRESSION, the simulator’s own word).', ({ transaction, body }) => (transaction !== 'TD0.3' ? null : hold(['AJOUT', 'SUPPRESSION'].includes(one(body, 'action')?.text.trim() ?? ''), 'action', one(body, 'action')?.text)), { source: 'DRIM ; dmp.md §1.1', code: 'InvalidRequest' }),
];
