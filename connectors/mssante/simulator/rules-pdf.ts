import { cdas, plain, type Part } from './mail.ts';
import { broken, rule, unless, withCda, type Rule } from './rule.ts';

const source = 'Réf. n° 2 ECO.2.1.1, ECO.2.1.5';
const nameSource = 'Réf. n° 2 ECO.2.1.6';
const form = /^(\d{8})_([^_]+)_([^_]+)_([^_]+)(?:_([^_]+))?\.pdf$/u;
const named = (pdf: Part): RegExpExecArray | null => form.exec(pdf.filename.normalize('NFC'));
const isPdf = (pdf: Part): boolean => pdf.content.subarray(0, 5).toString('latin1') === '%PDF-';

/** The PDF that doubles each CDA. */
export const pdfRules: readonly Rule[] = [
  rule('pdf-per-cda', source, 'Un PDF par CDA.', 'One PDF per CDA.', withCda((mail, _, all) => {
    // Two levels of one document may carry the very same copy: it is then attached once.
    const copies = all.every(({ pdf }) => pdf !== null) ? new Set(all.map(({ pdf }) => pdf?.toString('base64'))).size : all.length;
    return unless(mail.pdfs.length === all.length || mail.pdfs.length === copies, 'attachments', String(mail.pdfs.length));
  })),
  rule('pdf-opens', source, 'Chaque PDF en est un.', 'Each PDF is one.', ({ pdfs }) => (pdfs.length === 0 ? null : pdfs.filter((one) => !isPdf(one)).flatMap(({ filename }) => broken('PDF', filename)))),
  rule('pdf-type', source, 'Le PDF est de type application/pdf.', 'The PDF\'s type is application/pdf.', ({ pdfs }) => (pdfs.length === 0 ? null : pdfs.filter(({ type }) => type !== 'application/pdf').flatMap(({ type }) => broken('Content-Type', type)))),
  rule('pdf-a', `${source}; ISO 19005-1 §6.7.11`, 'Le PDF se déclare PDF/A-1 (XMP pdfaid:part).', 'The PDF claims to be PDF/A-1 (XMP pdfaid:part).', ({ pdfs }) => (pdfs.length === 0 ? null : pdfs.filter((one) => isPdf(one) && !/pdfaid:part(>|=["'])1/.test(one.content.toString('latin1'))).flatMap(({ filename }) => broken('XMP', filename))), 'warning'),
  rule('pdf-from-cda', 'Réf. n° 2 ECO.2.1.5', 'Le PDF joint est celui que porte le CDA, à l\'octet près.', 'The PDF attached is the one that the CDA carries, byte for byte.', withCda((mail, _, all) => {
    const carried = all.filter(({ pdf }) => pdf !== null);
    return carried.length === 0 || mail.pdfs.length === 0 ? null : carried.filter(({ pdf }) => !mail.pdfs.some(({ content }) => pdf !== null && content.equals(pdf))).flatMap(({ file }) => broken(file));
  })),
  rule('pdf-name', nameSource, 'Le nom est <AAAAMMJJ>_<type>_<NOM>_<prénom>[_<dossier>].pdf.', 'The name is <YYYYMMDD>_<type>_<FAMILY>_<given>[_<file number>].pdf.', ({ pdfs }) => (pdfs.length === 0 ? null : pdfs.filter((one) => named(one) === null).flatMap(({ filename }) => broken('filename', filename)))),
  rule('pdf-name-day', nameSource, 'La date du nom est celle de l\'acte.', 'The date in the name is that of the act.', withCda((mail, _, all) => mail.pdfs.filter((one) => { const read = named(one); return read !== null && !all.some(({ days }) => days.includes(read[1] ?? '')); }).flatMap(({ filename }) => broken('filename', filename.slice(0, 8))))),
  rule('pdf-name-patient', nameSource, 'Le nom et le prénom du PDF sont ceux du CDA.', 'The family and given names are those of the CDA.', withCda((mail, first) => mail.pdfs.filter((one) => {
    const read = named(one);
    return read !== null && (plain(read[3] ?? '') !== plain(first.family) || plain(read[4] ?? '') !== plain(first.given));
  }).flatMap(({ filename }) => broken('filename', filename)))),
  rule('pdf-names-differ', nameSource, 'Deux pièces jointes n\'ont pas le même nom.', 'No two attachments have the same name.', ({ parts }) => { const names = parts.map(({ filename }) => filename.toLowerCase()).filter((one) => one !== ''); return unless(new Set(names).size === names.length, 'filename'); }),
  rule('no-other-attachment', source, 'Avec un XDM, aucune autre pièce jointe que ses PDF.', 'With an XDM, no other attachment than its PDFs.', (mail) => (cdas(mail).length === 0 ? null : mail.parts.filter((one) => one.attached && !mail.zips.includes(one) && !mail.pdfs.includes(one)).flatMap(({ filename }) => broken('attachments', filename)))),
];
