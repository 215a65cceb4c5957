import { createHash } from 'node:crypto';
import type { Entry, Mail, Metadata, Xdm } from './mail.ts';
import { broken, rule, unless, type Broken, type Rule } from './rule.ts';

const xdmSource = 'IHE ITI TF-2 §3.32.4.1.2 (XDM); Réf. n° 2 ECO.2.1.1';
const metadataSource = 'IHE ITI TF-3 §4.2; dmp.md §2';
const opened = (check: (xdm: Xdm, mail: Mail) => readonly Broken[] | null): Rule['check'] => (mail) => (mail.xdm?.fault === null ? check(mail.xdm, mail) : null);
const described = (check: (metadata: Metadata, xdm: Xdm) => readonly Broken[] | null): Rule['check'] => opened((xdm) => (xdm.metadata === null ? null : check(xdm.metadata, xdm)));
const subset = (xdm: Xdm): string => { const name = xdm.names.find((one) => /\/METADATA\.XML$/i.test(one)) ?? ''; return name.slice(0, name.lastIndexOf('/') + 1); };
/** The bytes an entry describes; undefined when its file is not there. */
const bytesOf = (xdm: Xdm, entry: Entry): Buffer | undefined => xdm.files.get(`${subset(xdm)}${entry.uri}`);
const each = (test: (entry: Entry, xdm: Xdm) => Broken[]): Rule['check'] => described(({ documents }, xdm) => documents.flatMap((one) => test(one, xdm)));

/** ISO 9660 level 1, as XDM asks of media. */
const shortNames = (name: string): boolean => name.split('/').every((one, at, all) => (at < all.length - 1 ? /^[A-Z0-9_]{1,8}$/.test(one) : /^[A-Z0-9_]{1,8}(\.[A-Z0-9_]{1,3})?$/.test(one)));

/** The archive and its METADATA.XML, hashes and sizes computed again. */
export const xdmRules: readonly Rule[] = [
  rule('xdm-once', xdmSource, 'Exactement une archive IHE_XDM.zip, quand l\'objet annonce un XDM.', 'Exactly one archive IHE_XDM.zip when the subject announces an XDM.', (mail) => (mail.zips.length === 0 && !/XDM\/1\.0/i.test(mail.subject) ? null : unless(mail.zips.length === 1, 'attachments', String(mail.zips.length)))),
  rule('xdm-name', xdmSource, 'L\'archive se nomme IHE_XDM.zip.', 'The archive is named IHE_XDM.zip.', (mail) => (mail.zips.length === 0 ? null : mail.zips.filter(({ filename }) => !/^IHE_XDM\.zip$/i.test(filename)).flatMap(({ filename }) => broken('filename', filename)))),
  rule('xdm-type', xdmSource, 'L\'archive est de type application/zip.', 'The archive\'s type is application/zip.', (mail) => (mail.zips.length === 0 ? null : mail.zips.filter(({ type }) => type !== 'application/zip').flatMap(({ type }) => broken('Content-Type', type)))),
  rule('xdm-opens', xdmSource, 'L\'archive s\'ouvre, sans chiffrement ni chemin qui en sorte.', 'The archive opens: no encryption, no path that leaves it.', ({ xdm }) => (xdm === null ? null : unless(xdm.fault === null, 'IHE_XDM.zip', xdm.fault?.en))),
  rule('xdm-names', 'IHE ITI TF-2 §3.32; ISO 9660 niveau 1', 'Les noms sont en 8.3, majuscules, et ne se répètent pas.', 'Names are 8.3, upper case, and come once.', opened(({ names }) => [...names.filter((one) => !shortNames(one)), ...names.filter((one, at) => names.indexOf(one) !== at)].flatMap((one) => broken('IHE_XDM.zip', one)))),
  rule('xdm-layout', 'IHE ITI TF-2 §3.32', 'INDEX.HTM, README.TXT et IHE_XDM/SUBSET01/METADATA.XML sont à leur place.', 'INDEX.HTM, README.TXT and IHE_XDM/SUBSET01/METADATA.XML are in their places.',
    opened(({ names }) => ['INDEX.HTM', 'README.TXT', 'IHE_XDM/SUBSET01/METADATA.XML'].filter((one) => !names.some((name) => name.toUpperCase() === one)).flatMap((one) => broken('IHE_XDM.zip', one)))),
  rule('metadata-readable', metadataSource, 'METADATA.XML est un lcm:SubmitObjectsRequest bien formé.', 'METADATA.XML is a well-formed lcm:SubmitObjectsRequest.', opened(({ metadataFault }) => unless(metadataFault === null, 'METADATA.XML', metadataFault?.en))),
  rule('metadata-set', metadataSource, 'Un lot et un seul, avec uniqueId, sourceId, patientId et submissionTime.', 'One submission set, with uniqueId, sourceId, patientId and submissionTime.',
    described(({ sets }) => (sets.length === 1 ? unless(sets[0]?.missing.length === 0, 'RegistryPackage', sets[0]?.missing.join(', ')) : broken('RegistryPackage', String(sets.length))))),
  rule('metadata-members', 'IHE ITI TF-3 §4.2.2.1', 'Chaque document est rattaché au lot (HasMember), et il y en a au moins un.', 'Each document belongs to the submission set (HasMember), and there is one at least.', described(({ sets, documents, associations }) => {
    const member = (id: string): boolean => associations.some(({ type, source, target }) => type === 'HasMember' && target === id && sets.some((one) => one.id === source));
    return documents.length === 0 ? broken('ExtrinsicObject') : documents.filter(({ id }) => !member(id)).flatMap(({ id }) => broken('Association', id));
  })),
  rule('metadata-required', 'dmp.md §1.5; IHE ITI TF-3 §4.2.3', 'Les métadonnées obligatoires de chaque document sont là.', 'Every document has its required metadata.', each(({ missing, id }) => unless(missing.length === 0, `ExtrinsicObject ${id}`, missing.join(', ')))),
  rule('metadata-files', 'IHE ITI TF-2 §3.32', 'Chaque URI désigne un fichier de l\'archive, et chaque fichier a sa fiche.', 'Each URI names a file of the archive, and each file has its entry.', described(({ documents }, xdm) => {
    const there = xdm.names.filter((one) => one.startsWith(subset(xdm)) && !/METADATA\.XML$/i.test(one)).map((one) => one.slice(subset(xdm).length));
    const uris = documents.map(({ uri }) => uri).filter((one) => one !== '');
    return documents.length !== uris.length ? null : [...uris.filter((one) => !there.includes(one)), ...there.filter((one) => !uris.includes(one))].flatMap((one) => broken('URI', one));
  })),
  rule('metadata-hash', 'IHE ITI TF-3 §4.2.3.2.10; dmp.md §2', 'hash est le SHA-1 des octets du fichier.', 'hash is the SHA-1 of the file\'s bytes.', each((entry, xdm) => {
    const bytes = bytesOf(xdm, entry);
    return bytes === undefined || entry.hash === '' ? [] : unless(createHash('sha1').update(bytes).digest('hex') === entry.hash.toLowerCase(), `hash ${entry.uri}`, entry.hash);
  })),
  rule('metadata-size', 'IHE ITI TF-3 §4.2.3.2.22; dmp.md §2', 'size est le nombre d\'octets du fichier.', 'size is the number of bytes of the file.', each((entry, xdm) => {
    const bytes = bytesOf(xdm, entry);
    return bytes === undefined || entry.size === '' ? [] : unless(String(bytes.length) === entry.size, `size ${entry.uri}`, entry.size);
  })),
  rule('cda-readable', 'Réf. n° 2 ECO.2.1.1; CDA R2', 'Chaque document XML est un CDA bien formé.', 'Each XML document is a well-formed CDA.', opened(({ cdas }) => cdas.filter(({ fault }) => fault !== null).flatMap(({ file, fault }) => broken(file, fault?.en)))),
  rule('metadata-unique-id', 'dmp.md §1.5', 'uniqueId est l\'identifiant du CDA.', 'uniqueId is the CDA\'s id.', each((entry, { cdas }) => {
    const cda = cdas.find((one) => one.file === entry.uri && one.fault === null);
    return cda === undefined || entry.uniqueId === '' ? [] : unless(cda.id === entry.uniqueId, `uniqueId ${entry.uri}`, entry.uniqueId);
  })),
  rule('metadata-type-code', 'dmp.md §1.5', 'typeCode est le code du CDA.', 'typeCode is the CDA\'s code.', each((entry, { cdas }) => {
    const cda = cdas.find((one) => one.file === entry.uri && one.fault === null);
    return cda === undefined || entry.typeCode === '' ? [] : unless(cda.code === entry.typeCode, `typeCode ${entry.uri}`, entry.typeCode);
  })),
  rule('metadata-mime-type', 'dmp.md §1.5', 'mimeType est text/xml, ou application/xslt+xml pour un CDA auto-présentable.', 'mimeType is text/xml, or application/xslt+xml for an auto-presentable CDA.', each(({ uri, mimeType }) => (mimeType === '' ? [] : unless(['text/xml', 'application/xslt+xml'].includes(mimeType), `mimeType ${uri}`, mimeType)))),
];
