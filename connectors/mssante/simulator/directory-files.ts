import yazl from 'yazl';
import type { Directory, Mailbox } from './directory-data.ts';

/** Columns of Extraction_Correspondance_MSSante, in the order published (mss.md §5.2). */
export const columns: readonly string[] = [
  'Type de BAL', 'Adresse BAL', 'Type Identifiant PP', 'Identifiant PP', 'Identification nationale PP', 'Type identifiant structure', 'Identification Structure', 'Service de rattachement', 'Civilité d\'exercice', 'Nom d\'exercice', 'Prénom d\'exercice',
  'Catégorie profession', 'Libellé de catégorie profession', 'Code Profession', 'Libellé Profession', 'Code savoir-faire', 'Libellé savoir-faire', 'Dématérialisation', 'Raison Sociale structure BAL', 'Enseigne commerciale structure BAL',
  'L2COMPLEMENTLOCALISATION structure BAL', 'L3COMPLEMENTDISTRIBUTION structure BAL', 'L4NUMEROVOIE structure BAL', 'L4COMPLEMENTNUMEROVOIE structure BAL', 'NL4TYPEVOIE structure BAL', 'L4LIBELLEVOIE structure BAL', 'L5LIEUDITMENTION structure BAL',
  'L6LIGNEACHEMINEMENT structure BAL', 'Code postal structure BAL', 'Département structure BAL', 'Pays structure BAL',
];
/** What real deliveries of the file have suffered, or may. */
export type FlatFileFault = 'columns-moved' | 'column-missing' | 'truncated' | 'short-line' | 'crlf' | 'bom' | 'repeated' | 'empty' | 'not-text';

type Row = Readonly<Record<string, string>>;
const box = ({ address, type, digitization }: Mailbox): Row => ({ 'Type de BAL': type, 'Adresse BAL': address, Dématérialisation: digitization === undefined ? '' : digitization ? 'O' : 'N' });

/** PER and ORG only: the flat file does not publish the boxes of applications. */
function* rows({ professionals, structures }: Directory): Generator<Row> {
  const names = new Map(structures.map(({ finess, name }) => [finess, name]));
  for (const { rpps, family, given, mailboxes, roles } of professionals) {
    const person = { 'Type Identifiant PP': '8', 'Identifiant PP': rpps, 'Identification nationale PP': `8${rpps}`, 'Civilité d\'exercice': 'DR', 'Nom d\'exercice': family, 'Prénom d\'exercice': given, 'Catégorie profession': 'C', 'Libellé de catégorie profession': 'Civil', 'Code Profession': '10', 'Libellé Profession': 'Médecin' };
    for (const one of mailboxes) if (one.type === 'PER') yield { ...box(one), ...person };
    for (const { finess, mailboxes: there } of roles) for (const one of there) yield { ...box(one), ...person, 'Type identifiant structure': '1', 'Identification Structure': finess, 'Raison Sociale structure BAL': names.get(finess) ?? '' };
  }
  for (const { finess, name, active, mailboxes } of structures) for (const one of active ? mailboxes : []) {
    if (one.type === 'ORG') yield { ...box(one), 'Type identifiant structure': '1', 'Identification Structure': finess, 'Service de rattachement': one.service ?? '', 'Raison Sociale structure BAL': name };
  }
}

/** The flat file line by line, so that one of real size (89 MB) need not be held. */
export function* flatFileLines(directory: Directory, faults: readonly FlatFileFault[] = []): Generator<string> {
  const has = (fault: FlatFileFault): boolean => faults.includes(fault);
  const end = has('crlf') ? '\r\n' : '\n';
  if (has('empty')) return;
  if (has('not-text')) { yield '<html><body>Service indisponible</body></html>\n'; return; }
  const shown = has('columns-moved') ? [...columns].reverse() : has('column-missing') ? columns.filter((one) => one !== 'Adresse BAL') : columns;
  yield `${has('bom') ? '\ufeff' : ''}${shown.join('|')}${end}`;
  let number = 0, last = '';
  for (const row of rows(directory)) {
    number++;
    last = shown.map((name) => row[name] ?? '').join('|');
    yield has('short-line') && number === 2 ? `${last.split('|').slice(0, 3).join('|')}${end}` : `${last}${end}`;
    if (has('repeated') && number === 1) yield `${last}${end}`;
  }
  // What is left of a transfer that stopped.
  if (has('truncated')) yield last.slice(0, 25);
}

/** The ZIP that the service gives, its date in the names. */
export async function flatFileZip(directory: Directory, stamp: string, faults: readonly FlatFileFault[] = []): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from([...flatFileLines(directory, faults)].join('')), `Extraction_Correspondance_MSSante_${stamp}.txt`);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What the published list has shown (mss.md §1), and what a bad day may bring. */
export type WhitelistFault = 'truncated' | 'repeated' | 'mixed-case' | 'international' | 'shrunk' | 'older' | 'empty' | 'not-xml' | 'dtd' | 'other-namespace';
export interface Whitelist { readonly domains: readonly string[]; /** ISO, with Z. */ readonly date: string }

/** The trust space's list of domains, in its published form. */
export function whitelistXml({ domains, date }: Whitelist, faults: readonly WhitelistFault[] = []): string {
  const has = (fault: WhitelistFault): boolean => faults.includes(fault);
  if (has('not-xml')) return '<html><body>Service indisponible';
  const kept = has('empty') ? [] : has('shrunk') ? domains.slice(0, Math.ceil(domains.length / 2)) : domains;
  const named = [...kept.map((one) => (has('mixed-case') ? one.toUpperCase() : one)), ...(has('international') ? ['hôpital-évrecy.mssante.test'] : []), ...(has('repeated') ? kept.slice(0, 1) : [])];
  const text = (name: string, at: number): string => `    <Domaine>
      <Nom>${name}</Nom><Description>Structure fictive ${at + 1} &amp; associés</Description>
      <DNCertificatOperateur>CN=smtp${at % 2 === 0 ? '' : '2'}.operateur-test.test,OU=111111111111111,O=OPERATEUR TEST,ST=Calvados (14),C=FR</DNCertificatOperateur>
      <ResponsableContact>00 00 00 00 00</ResponsableContact><SupportContact>support@operateur-test.test</SupportContact><DateMAJ>${date}</DateMAJ>
    </Domaine>`;
  const from = has('older') ? new Date(Date.parse(date) - 30 * 86_400_000).toISOString() : date;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${has('dtd') ? '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n' : ''}<ListeBlancheMSSante xmlns="https://listeblanche.mssante.fr/${has('other-namespace') ? 'autre' : 'schema'}">
  <DateDeGeneration>${from}</DateDeGeneration>
  <ListeDomaines>\n${named.map(text).join('\n')}\n  </ListeDomaines>\n${has('truncated') ? '' : '</ListeBlancheMSSante>\n'}`;
}
