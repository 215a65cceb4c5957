import { createHash } from 'node:crypto';
import { insKey, rppsKey, uniqueId, xcn, xcnKind, xon } from '../grammar.ts';
import { classified, identifier, slot } from '../lot.ts';
import { scheme } from '../namespaces.ts';
import { family, hold, short, type Broken, type Rule } from '../rule.ts';
import { insOids } from '../tables/identity.ts';
import { insOf } from '../vihf.ts';
import { attr } from '../xml.ts';
import { each, eachDocument } from './each.ts';

const rule = family('entry', 'dmp.md §1.5', 'XDSRepositoryMetadataError');
const persons = (object: Parameters<typeof classified>[0]): string[] => [...classified(object, scheme.author), ...classified(object, scheme.lotAuthor)].flatMap((one) => one.slots.get('authorPerson') ?? []);
const institutions = (object: Parameters<typeof classified>[0]): string[] => [...classified(object, scheme.author), ...classified(object, scheme.lotAuthor)].flatMap((one) => one.slots.get('authorInstitution') ?? []);
/** The same check on the lot and on each entry. */
const everywhere = (check: (object: NonNullable<Parameters<typeof classified>[0]>, at: string) => readonly Broken[]): Rule['check'] => ({ lot }) =>
  (lot === null ? null : [...lot.sets.map((one) => ({ one, at: 'SubmissionSet' })), ...lot.entries.map((one) => ({ one, at: one.id }))].flatMap(({ one, at }) => [...check(one, at)]));
const pid = /^(PID-5\|[^|]+\^[^|]*\^{4,5}[DLS]?|PID-7\|[0-9]{8}|PID-8\|[MFUO]|PID-(3|11|13|16)\|.+)$/;

export const entryRules: readonly Rule[] = [
  rule('entry-patient-id', 'patientId : INS^^^&OID&ISO^NH.', 'patientId: INS^^^&OID&ISO^NH.', each(({ entry, at }) => hold(insOf(identifier(entry, scheme.patientId)) !== null, `${at}.patientId`, identifier(entry, scheme.patientId)))),
  rule('ins-key', 'La clé de l’INS est juste (97 − numéro mod 97, Corse 2A et 2B comprises).', 'The INS key is right (97 − number mod 97, Corsican 2A and 2B included).',
    ({ lot }) => (lot === null ? null : lot.sets.flatMap((one): Broken[] => { const ins = insOf(identifier(one, scheme.lotPatientId)); return ins === null ? [] : [...hold(insKey(ins.value), 'SubmissionSet.patientId')]; }))),
  rule('ins-oid', 'L’autorité de l’INS est …4.8, …4.9, …4.10 ou …4.11 ; jamais l’INS-C …4.2.', 'The INS authority is …4.8, …4.9, …4.10 or …4.11; never INS-C …4.2.',
    ({ lot }) => (lot === null ? null : lot.sets.flatMap((one): Broken[] => { const ins = insOf(identifier(one, scheme.lotPatientId)); return ins === null ? [] : [...hold(insOids.has(ins.oid), 'SubmissionSet.patientId', ins.oid)]; }))),
  rule('entry-unique-id', 'uniqueId : un OID, ou OID^extension, 128 caractères au plus.', 'uniqueId: an OID, or OID^extension, 128 characters at most.', each(({ entry, at }) => hold(uniqueId(identifier(entry, scheme.uniqueId)), `${at}.uniqueId`, short(identifier(entry, scheme.uniqueId)))), { source: 'EX_2.1-1130 ; dmp.md §1.5' }),
  rule('entry-source-patient-info', 'sourcePatientInfo : une valeur par champ (PID-5, PID-7, PID-8), au format HL7.', 'sourcePatientInfo: one value per field (PID-5, PID-7, PID-8), in HL7 form.',
    eachDocument(({ entry, at }) => {
      const values = entry.slots.get('sourcePatientInfo') ?? [];
      return [...values.filter((value) => !pid.test(value)).map((value) => ({ at: `${at}.sourcePatientInfo`, extract: short(value.split('|')[0] ?? '') })), ...['PID-5|', 'PID-7|', 'PID-8|'].filter((start) => !values.some((value) => value.startsWith(start))).map((start) => ({ at: `${at}.sourcePatientInfo ${start.slice(0, -1)}` }))];
    })),
  rule('author-present', 'Chaque entrée a un auteur avec authorPerson.', 'Each entry has an author with authorPerson.', each(({ entry, at }) => hold(persons(entry).length > 0, `${at}.author.authorPerson`))),
  rule('author-node', 'La classification d’auteur a nodeRepresentation="".', 'The author classification has nodeRepresentation="".', everywhere((object, at) => [...classified(object, scheme.author), ...classified(object, scheme.lotAuthor)].flatMap(({ element }) => [...hold(element.attrs.nodeRepresentation === '', `${at}.author/@nodeRepresentation`)]))),
  rule('author-person', 'authorPerson : id^NOM^Prénom^^^^^^&OID&ISO^D^^^IDNPS (EI, RI ou NH selon l’auteur).', 'authorPerson: id^NAME^First^^^^^^&OID&ISO^D^^^IDNPS (EI, RI or NH by author).', everywhere((object, at) => persons(object).filter((text) => !xcn(text)).map((text) => ({ at: `${at}.author.authorPerson`, extract: short(text) })))),
  rule('author-person-kind', 'XCN.13 vaut EI quand l’identifiant est interne (il contient /), IDNPS sinon.', 'XCN.13 is EI when the identifier is internal (it holds a /), IDNPS otherwise.', everywhere((object, at) => persons(object).filter((text) => !xcnKind(text)).map((text) => ({ at: `${at}.author.authorPerson`, extract: short(text) })))),
  rule('author-rpps-key', 'Le RPPS de l’auteur a une clé juste.', 'The author’s RPPS has a right key.', everywhere((object, at) => persons(object).filter((text) => xcn(text) && !rppsKey(text)).map(() => ({ at: `${at}.author.authorPerson` }))), { severity: 'warn', source: 'ISO/IEC 7812-1 (Luhn)' }),
  rule('author-institution', 'authorInstitution : NOM^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^Struct_IdNat.', 'authorInstitution: NAME^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^Struct_IdNat.', everywhere((object, at) => institutions(object).filter((text) => !xon(text)).map((text) => ({ at: `${at}.author.authorInstitution`, extract: short(text) })))),
  rule('author-institution-present', 'L’auteur professionnel d’un document a sa structure.', 'The professional author of a document has a structure.', eachDocument(({ entry, at }) => hold(institutions(entry).length > 0 || persons(entry).length === 0 || persons(entry).some((text) => text.endsWith('^NH')), `${at}.author.authorInstitution`))),
  rule('legal-authenticator', 'legalAuthenticator est là, au format XCN français.', 'legalAuthenticator is there, in the French XCN form.', each(({ entry, at }) => hold(xcn(slot(entry, 'legalAuthenticator')) && xcnKind(slot(entry, 'legalAuthenticator')), `${at}.legalAuthenticator`, short(slot(entry, 'legalAuthenticator'))))),
  rule('language', 'languageCode vaut fr-FR (art pour la signature).', 'languageCode is fr-FR (art for the signature).', eachDocument(({ entry, at }) => hold(slot(entry, 'languageCode') === 'fr-FR', `${at}.languageCode`, slot(entry, 'languageCode')))),
  rule('title', 'Le titre est là, 128 caractères au plus.', 'The title is there, 128 characters at most.', each(({ entry, at }) => hold(entry.title.trim() !== '' && entry.title.length <= 128, `${at}.title`))),
  rule('mime-type', 'mimeType : text/xml, ou application/xslt+xml pour un CDA auto-présentable.', 'mimeType: text/xml, or application/xslt+xml for an auto-presentable CDA.', each(({ entry, at }) => hold(['text/xml', 'application/xslt+xml', 'application/dicom'].includes(attr(entry.element, 'mimeType')), `${at}.mimeType`, attr(entry.element, 'mimeType')))),
  rule('hash', 'hash est le SHA-1, en hexadécimal, des octets reçus.', 'hash is the SHA-1, in hexadecimal, of the bytes received.',
    each(({ entry, at, bytes }) => (bytes === null || bytes.length === 0 || !entry.slots.has('hash') ? [] : hold(slot(entry, 'hash').toLowerCase() === createHash('sha1').update(bytes).digest('hex'), `${at}.hash`, slot(entry, 'hash')))), { source: 'ITI TF-3 §4.2.3.2.10' }),
  rule('size', 'size est le nombre des octets reçus.', 'size is the number of the bytes received.', each(({ entry, at, bytes }) => (bytes === null || bytes.length === 0 || !entry.slots.has('size') ? [] : hold(slot(entry, 'size') === String(bytes.length), `${at}.size`, slot(entry, 'size')))), { source: 'ITI TF-3 §4.2.3.2.23' }),
  rule('hash-size-given', 'hash et size sont donnés par le client.', 'hash and size are given by the client.', each(({ entry, at }) => [...hold(entry.slots.has('hash'), `${at}.hash`), ...hold(entry.slots.has('size'), `${at}.size`)]), { severity: 'warn' }),
  rule('document-size', 'Un document ne dépasse pas la taille maximale (paramètre du simulateur).', 'A document is within the size limit (a parameter of the simulator).', each(({ at, bytes }, { settings }) => hold(bytes === null || bytes.length <= settings.maxDocument, at, String(bytes?.length ?? 0))), { code: 'XDSRepositoryOutOfResources' }),
  rule('document-not-empty', 'Un document n’est pas vide.', 'A document is not empty.', each(({ at, bytes }) => hold(bytes === null || bytes.length > 0, at)), { source: 'MagicDMP XDS_EMPTYDOC ; dmp.md §1.6' }),
];
