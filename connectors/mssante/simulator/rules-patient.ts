import { cdas, isPatient, plain, type InsId, type Mail } from './mail.ts';
import { broken, rule, unless, withCda, type Rule } from './rule.ts';
import { insOids } from './read-cda.ts';
import { qualified } from './rules-header.ts';

const cx = /^([^^~|]+)\^\^\^&([0-9.]+)&ISO\^(NH|PI)$/;
const insOf = (patientId: string): InsId[] => { const [, matricule = '', oid = ''] = cx.exec(patientId) ?? []; return insOids.includes(oid) ? [{ matricule, oid }] : []; };
const patientIds = (mail: Mail): string[] => [...(mail.xdm?.metadata?.sets ?? []), ...(mail.xdm?.metadata?.documents ?? [])].map(({ patientId }) => patientId).filter((one) => one !== '');
const everyIns = (mail: Mail): InsId[] => [...patientIds(mail).flatMap(insOf), ...cdas(mail).flatMap(({ ins }) => ins)];
const toPatient = (mail: Mail): string[] => mail.envelope.recipients.map(({ address }) => address).filter(isPatient);

/** 97 minus the number modulo 97; Corsica 2A and 2B read as 19 and 18 (ANS, référentiel INS). */
export function keyIsRight(matricule: string): boolean {
  if (!/^\d{5}(\d{2}|2[AB])\d{8}$/.test(matricule)) return false;
  const digits = matricule.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return /^\d{13}$/.test(digits) && 97 - Number(BigInt(digits) % 97n) === Number(matricule.slice(13));
}

/** Everything a matricule may not be written in: headers but To, texts, names of files, the archive's front page. */
function forbiddenPlaces(mail: Mail): { at: string; text: string }[] {
  const partHeaders = mail.parts.length > 1 ? mail.parts.flatMap(({ headers }) => headers) : [];
  return [
    ...[...mail.headers, ...partHeaders].filter(({ name }) => !/^to$/i.test(name)).map(({ name, value }) => ({ at: name, text: value })),
    { at: 'Subject', text: mail.subject }, { at: 'body', text: mail.text }, ...mail.parts.map(({ filename }) => ({ at: 'filename', text: filename })), { at: 'ENVID', text: mail.envelope.envid },
    ...[...mail.xdm?.files ?? []].filter(([name]) => /^(INDEX\.HTM|README\.TXT)$/i.test(name)).map(([name, bytes]) => ({ at: name, text: bytes.toString('utf8') })),
    ...(toPatient(mail).length > 0 ? [] : mail.headers.filter(({ name }) => /^to$/i.test(name)).map(({ value }) => ({ at: 'To', text: value }))),
  ];
}

/** Whose mail it is: one patient everywhere, and nothing given away. */
export const patientRules: readonly Rule[] = [
  rule('patient-id-form', 'dmp.md §1.5; IHE ITI TF-3 §4.2.3.2.16', 'patientId est un CX : matricule^^^&OID&ISO^NH, ou un IPP (PI).', 'patientId is a CX: matricule^^^&OID&ISO^NH, or a local number (PI).', (mail) => (mail.xdm?.metadata ? patientIds(mail).filter((one) => !cx.test(one)).flatMap((one) => broken('patientId', one)) : null)),
  rule('one-patient', 'Réf. n° 2 ECO.2.1.1, ECO.2.1.2', 'Un seul patient : le même identifiant dans le lot, chaque fiche et chaque CDA.', 'One patient: the same identifier in the submission set, each entry and each CDA.', (mail) => {
    if (mail.xdm?.metadata === null || mail.xdm === null || patientIds(mail).some((one) => !cx.test(one))) return null;
    const seen = new Set(everyIns(mail).map(({ matricule, oid }) => `${matricule} ${oid}`));
    return unless(seen.size <= 1 && new Set(patientIds(mail)).size <= 1, 'patientId', `${seen.size}`);
  }),
  rule('one-person', 'Réf. n° 2 ECO.2.1.1', 'Les CDA donnent les mêmes traits.', 'The CDAs give the same traits.', withCda((_, first, all) => all.filter((one) => plain(one.family) !== plain(first.family) || one.birth !== first.birth || one.sex !== first.sex).flatMap(({ file }) => broken(file)))),
  rule('patient-traits', 'dmp.md §1.5', 'sourcePatientInfo donne la naissance, le sexe et un nom du CDA.', 'sourcePatientInfo gives the birth date, the sex and a name of the CDA.', withCda((mail, first) => (mail.xdm?.metadata?.documents ?? []).flatMap(({ uri, patientInfo }) => {
    const field = (name: string): string[] => patientInfo.filter((one) => one.startsWith(`${name}|`)).map((one) => one.slice(name.length + 1));
    const wrong = [
      ['PID-7', field('PID-7').every((one) => one.slice(0, 8) === first.birth)], ['PID-8', first.sex === '' || field('PID-8').every((one) => one === first.sex)],
      ['PID-5', field('PID-5').length === 0 || field('PID-5').some((one) => plain(one).includes(plain(first.family)))],
    ].filter(([, right]) => right === false);
    return wrong.flatMap(([name]) => broken(`sourcePatientInfo ${uri}`, String(name)));
  }))),
  rule('ins-key', 'Référentiel INS, clé 97 − n mod 97', 'La clé de chaque matricule est juste.', 'The key of each matricule is right.', (mail) => (everyIns(mail).length === 0 ? null : everyIns(mail).filter(({ matricule }) => !keyIsRight(matricule)).slice(0, 1).flatMap(() => broken('patientId')))),
  rule('no-ins-outside', 'mss.md §4, §9.3', 'Le matricule n\'est écrit que dans les documents, METADATA.XML et l\'adresse du patient destinataire.', 'The matricule is written only in the documents, METADATA.XML and the address of the patient who receives.',
    (mail) => { const all = [...new Set(everyIns(mail).map(({ matricule }) => matricule))]; return all.length === 0 ? null : forbiddenPlaces(mail).filter(({ text }) => all.some((one) => text.includes(one))).slice(0, 1).flatMap(({ at }) => broken(at)); }),
  rule('patient-address', 'Réf. n° 2 ECO.2.2.6', 'L\'adresse d\'un patient est le matricule INS de ses documents.', 'A patient\'s address is the INS matricule of the documents.', (mail) => (toPatient(mail).length === 0 || everyIns(mail).length === 0 ? null : unless(toPatient(mail).every((one) => everyIns(mail).every(({ matricule }) => matricule === one.slice(0, one.lastIndexOf('@')))), 'RCPT TO'))),
  rule('patient-qualified', 'Réf. n° 2 ECO.2.2.6', 'On n\'écrit à un patient que sur une INS qualifiée.', 'A patient is written to on a qualified INS only.', (mail) => (toPatient(mail).length === 0 ? null : unless(qualified(mail), 'CDA/recordTarget'))),
  rule('patient-may-see', 'volet TDC, règles de gestion MSSanté; mss.md §3.7', 'Un document invisible au patient ne lui est pas envoyé.', 'A document invisible to the patient is not sent to them.', (mail) => (toPatient(mail).length === 0 ? null : (mail.xdm?.metadata?.documents ?? []).filter(({ confidentiality }) => confidentiality.includes('INVISIBLE_PATIENT')).flatMap(({ uri }) => broken(`confidentialityCode ${uri}`)))),
];
