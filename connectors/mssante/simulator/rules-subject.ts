import { cdas, header, type Cda, type Mail } from './mail.ts';
import { broken, rule, unless, withCda, type Rule } from './rule.ts';

const form = /^(?:\[FIN\] )?(\[Annule et remplace\] )?XDM\/1\.0\/DDM\+(.+?)(?: (\d{2}\/\d{2}\/\d{4}))?$/su;
const longestLabel = 40;
/** Accents taken off, one character for one, so that places stay the same. */
const bare = (text: string): string => Array.from(text.normalize('NFC')).map((one) => one.normalize('NFD').charAt(0)).join('');
const words = (text: string): string[] => bare(text).split(/[\s'’‐-]+/u).filter((one) => one !== '');
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where the patient's name begins in `label name`; -1 when it is not there. */
function nameAt(text: string, { family, given }: Cda): number {
  const pattern = [...words(family), ...words(given)].map(literally).join('[\\s\'’‐-]+');
  return bare(text).search(new RegExp(`(?<= )${pattern}$`, 'iu'));
}
const parts = (mail: Mail, cda: Cda): { label: string; name: string; date: string; replaces: boolean } | null => {
  const [, replaces, text = '', date = ''] = form.exec(mail.subject) ?? [];
  if (text === '') return null;
  const at = nameAt(text, cda);
  return at < 0 ? { label: '', name: '', date, replaces: replaces !== undefined } : { label: text.slice(0, at - 1), name: text.slice(at), date, replaces: replaces !== undefined };
};
/** What the sender's own metadata say of it: the association, or the action of the volet. */
const submittedAsReplacement = ({ xdm }: Mail): boolean => (xdm?.metadata?.associations ?? []).some(({ type }) => type === 'RPLC') || (xdm?.metadata?.documents ?? []).some(({ action }) => action === 'C');
const replaced = (mail: Mail): string[] => cdas(mail).map(({ replaces }) => replaces).filter((one) => one !== '');

/** The subject, and what links a replacement to its original. */
export const subjectRules: readonly Rule[] = [
  rule('subject-form', 'Réf. n° 2 ECO.2.1.3', 'L\'objet est XDM/1.0/DDM+<libellé> <NOM> <prénom> <JJ/MM/AAAA>.', 'The subject is XDM/1.0/DDM+<label> <FAMILY> <given> <DD/MM/YYYY>.', (mail) => (mail.zips.length === 0 ? null : unless(form.test(mail.subject), 'Subject', mail.subject))),
  rule('subject-label', 'Réf. n° 2 ECO.2.1.3', 'Le libellé est celui du code du CDA, coupé à 40 caractères, ou « N documents ».', 'The label is that of the CDA\'s code, cut at 40 characters, or "N documents".', withCda((mail, first, all) => {
    const read = parts(mail, first);
    if (read === null || read.label === '') return null;
    const expected = all.length === 1 ? first.display.slice(0, longestLabel) : `${all.length} documents`;
    return unless(read.label.length <= longestLabel && bare(read.label).toUpperCase().trim() === bare(expected).toUpperCase().trim(), 'Subject', read.label);
  })),
  rule('subject-patient', 'Réf. n° 2 ECO.2.1.3', 'Le nom de naissance (majuscules, sans accent) et le premier prénom du CDA terminent l\'objet.', 'The CDA\'s birth name (capitals, no accents) and first given name end the subject.', withCda((mail, first) => {
    const read = parts(mail, first);
    if (read === null) return null;
    const family = read.name.slice(0, first.family.length);
    return unless(read.name !== '' && /^\P{M}*$/u.test(read.name.normalize('NFD')) && family === family.toUpperCase(), 'Subject', read.name);
  })),
  rule('subject-birth-date', 'Réf. n° 2 ECO.2.1.3', 'La date de naissance, quand elle y est, est celle du CDA.', 'The birth date, where it is there, is that of the CDA.', withCda((mail, first) => {
    const date = parts(mail, first)?.date ?? '';
    return date === '' ? null : unless(date.split('/').reverse().join('') === first.birth, 'Subject', date);
  })),
  rule('replacement-subject', 'AMBU.MSS/va1.02', 'Un lot qui remplace un document s\'annonce par [Annule et remplace], et lui seul.', 'A submission that replaces a document is announced by [Annule et remplace], and no other is.', withCda((mail, first) => {
    const read = parts(mail, first);
    if (read === null) return null;
    return unless(read.replaces ? submittedAsReplacement(mail) || replaced(mail).length > 0 : !submittedAsReplacement(mail), 'Subject', mail.subject.slice(0, 24));
  })),
  rule('replacement-reference', 'AMBU.MSS/va1.02; Réf. n° 2 ECO.2.2.2', 'Un remplacement cite le Message-ID du courriel remplacé dans In-Reply-To et References.', 'A replacement names the Message-ID of the mail it replaces in In-Reply-To and References.', (mail) => {
    const before = [...mail.earlier].filter(([id, { documents }]) => id !== mail.messageId && documents.some((one) => replaced(mail).includes(one))).map(([id]) => id);
    const missing = ['In-Reply-To', 'References'].filter((name) => !before.some((id) => (header(mail, name)?.value ?? '').includes(id)));
    return before.length === 0 ? null : missing.flatMap((name) => broken(name, header(mail, name)?.value));
  }),
  rule('replacement-association', 'IHE XDS RPLC; dmp.md §2', 'Le lot dit qu\'il remplace (association RPLC), comme le CDA (relatedDocument RPLC).', 'The submission says that it replaces (RPLC association), as the CDA does (relatedDocument RPLC).',
    (mail) => (mail.xdm?.metadata === null || mail.xdm === null || replaced(mail).length === 0 || mail.xdm.metadata.documents.some(({ action }) => action === 'D') ? null : unless(mail.xdm.metadata.associations.some(({ type }) => type === 'RPLC'), 'METADATA.XML/Association')), 'warning'),
];
