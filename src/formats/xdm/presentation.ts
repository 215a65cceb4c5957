import type { Submission } from '../xds/submission.ts';
import { subset } from './names.ts';

/** Who made the medium, as README.TXT says it. */
export interface XdmApplication { readonly name: string; readonly version: string; readonly editor: string }

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const html = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

const unescapes: Readonly<Record<string, string>> = { '\\E\\': '\\', '\\F\\': '|', '\\S\\': '^', '\\T\\': '&', '\\R\\': '~' };
const component = (text: string, number: number): string => (text.split('^')[number - 1] ?? '').replace(/\\[EFSTR]\\/g, (found) => unescapes[found] ?? found);

/** Name and organisation of the lot's author (XCN.2 and .3, XON.1). */
function sender({ submissionSet: { authors } }: Submission): { person: string; organization: string } {
  const [author] = authors;
  const person = author?.person ?? '';
  return { person: [component(person, 2), component(person, 3)].filter((part) => part !== '').join(' '), organization: component(author?.institutions[0] ?? '', 1) };
}

/** INDEX.HTM: what a person sees who opens the medium (XHTML 1.0 strict; no script, nothing fetched). It names no patient. */
export function indexPage(submission: Submission): string {
  const { organization } = sender(submission);
  const rows = submission.documents.map(({ entry, documentName = '' }) => `      <li><a href="${html(`${subset}/${documentName}`)}">${html(entry.title === '' ? documentName : entry.title)}</a></li>\r\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n`
    + '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr" lang="fr">\r\n  <head><title>Documents de santé (IHE XDM)</title></head>\r\n  <body>\r\n    <h1>Documents de santé</h1>\r\n'
    + (organization === '' ? '' : `    <p>Émetteur : ${html(organization)}</p>\r\n`)
    + `    <ul>\r\n${rows}    </ul>\r\n    <p><a href="README.TXT">README.TXT</a></p>\r\n  </body>\r\n</html>\r\n`;
}

/** README.TXT: sender, application, how to read the medium, its tree (IHE ITI TF-2 §3.32.4.1.2.2). */
export function readme(submission: Submission, { name, version, editor }: XdmApplication): string {
  const { person, organization } = sender(submission);
  const lines = [
    'EMETTEUR', ...(person === '' ? [] : [`  Auteur : ${person}`]), ...(organization === '' ? [] : [`  Structure : ${organization}`]), '',
    'APPLICATION', `  Nom : ${name}`, `  Version : ${version}`, `  Editeur : ${editor}`, '',
    'INSTRUCTIONS', '  Ouvrez INDEX.HTM dans un navigateur, ou integrez ce fichier dans votre logiciel (profil IHE XDM).', '',
    'ARBORESCENCE', '  INDEX.HTM', '  README.TXT', `  ${subset}/METADATA.XML`, ...submission.documents.map(({ documentName = '' }) => `  ${subset}/${documentName}`),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
