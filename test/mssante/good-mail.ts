import { createHash } from 'node:crypto';
import yazl from 'yazl';
import { cdaXml, metadataXml, pdfBytes, type Document, type Person } from './good-documents.ts';

/** An attachment before it is written. */
export interface Attachment { name: string; type: string; content: Buffer; disposition: string; encoding: string }

/** Everything that a test may spoil, step by step: what is described, then each text made of it, then the bytes. */
export interface Draft {
  envelope: { from: string; to: string[]; envid: string; notify: string[] };
  from: string;
  to: string[];
  patient: Person;
  documents: Document[];
  headers: [string, string][];
  subject: string | null;
  body: string;
  cda: (xml: string, at: number) => string;
  metadata: (xml: string) => string;
  files: (files: Map<string, Buffer>) => void;
  zip: (bytes: Buffer) => Buffer;
  attachments: (list: Attachment[]) => void;
  raw: (text: string) => string;
}

export const sender = 'resultats@labo-b.mssante.test';
export const recipient = 'camille.rousseau@hopital-a.mssante.test';
/** Fictive (glossary): a test INS, and the key that fits. */
export const patient: Person = { family: 'MARTIN', given: 'Dominique', birth: '19790328', sex: 'F', matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };

const document = (): Document => ({ id: '1.2.250.1.999.1.1.7.31.1', code: '18748-4', display: 'CR d\'imagerie médicale', day: '20261120', replaces: '', pdf: pdfBytes('Radiographie du thorax') });

const draft = (): Draft => ({
  envelope: { from: sender, to: [recipient], envid: 'abc-1', notify: ['SUCCESS', 'FAILURE', 'DELAY'] }, from: `"Laboratoire B" <${sender}>`, to: [recipient], patient: { ...patient }, documents: [document()],
  headers: [['Message-ID', '<0190-1@labo-b.mssante.test>'], ['X-MSS-NIL', '12345'], ['X-MSS-INS', 'O'], ['X-MSS-CODECDA', '18748-4'], ['Disposition-Notification-To', sender]],
  subject: null, body: 'Bonjour, veuillez trouver le résultat.', cda: (xml) => xml, metadata: (xml) => xml, files: () => undefined, zip: (bytes) => bytes, attachments: () => undefined, raw: (text) => text,
});

/** Encoded words of 12 characters. */
const words = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : (text.match(/.{1,12}/gsu) ?? []).map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n '));
const bare = (text: string): string => text.normalize('NFD').replace(/\p{Mn}/gu, '');
const lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');

async function zipped(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { mtime: new Date(2026, 10, 20) });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const filenameOf = (name: string): string => (/^[\x20-\x7e]*$/.test(name) ? `filename="${name}"` : `filename*=UTF-8''${encodeURIComponent(name).replaceAll('\'', '%27')}`);
const written = ({ type, content, encoding, disposition, name }: Attachment): string =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-Disposition: ${disposition}; ${filenameOf(name)}\r\n\r\n${encoding === 'base64' ? lines(content) : content.toString('latin1')}`;

/**
 * A mail as MSSanté wants it, made without any code of the product; `spoil` changes the draft first. The bytes and the
 * envelope are what a client would give its operator.
 */
export async function goodMail(spoil: (draft: Draft) => void = () => undefined): Promise<{ raw: Buffer; envelope: Draft['envelope'] }> {
  const plan = draft();
  spoil(plan);
  const cdas = plan.documents.map((one, at) => Buffer.from(plan.cda(cdaXml(one, one.patient ?? plan.patient), at)));
  const described = plan.documents.map((one, at) => ({ ...one, uri: `DOC0000${at + 1}.XML`, size: cdas[at]?.length ?? 0, hash: createHash('sha1').update(cdas[at] ?? '').digest('hex') }));
  const files = new Map<string, Buffer>([
    ['INDEX.HTM', Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml"><body><a href="README.TXT">README.TXT</a></body></html>')], ['README.TXT', Buffer.from('Laboratoire B\r\n')],
    ['IHE_XDM/SUBSET01/METADATA.XML', Buffer.from(plan.metadata(metadataXml(described, plan.patient)))],
    ...cdas.map((bytes, at): [string, Buffer] => [`IHE_XDM/SUBSET01/DOC0000${at + 1}.XML`, bytes]),
  ]);
  plan.files(files);
  const attachments: Attachment[] = [
    { name: 'IHE_XDM.zip', type: 'application/zip', content: plan.zip(await zipped(files)), disposition: 'attachment', encoding: 'base64' },
    ...plan.documents.flatMap(({ pdf, display, day }, at) => (pdf === null ? [] : [{ name: `${day}_${display}_${plan.patient.family}_${plan.patient.given}${at === 0 ? '' : `_${at}`}.pdf`, type: 'application/pdf', content: pdf, disposition: 'attachment', encoding: 'base64' }])),
  ];
  plan.attachments(attachments);

  const { family, given, birth } = plan.patient;
  const label = plan.documents.length === 1 ? plan.documents[0]?.display.slice(0, 40) ?? '' : `${plan.documents.length} documents`;
  const replaces = plan.documents.some((one) => one.replaces !== '');
  const subject = plan.subject ?? `${replaces ? '[Annule et remplace] ' : ''}XDM/1.0/DDM+${label} ${bare(family).toUpperCase()} ${bare(given)} ${birth.slice(6)}/${birth.slice(4, 6)}/${birth.slice(0, 4)}`;
  const head = [['Date', 'Fri, 20 Nov 2026 12:00:00 +0100'], ['From', plan.from], ['To', plan.to.join(', ')], ['Subject', words(subject)], ...plan.headers, ['MIME-Version', '1.0'], ['Content-Type', 'multipart/mixed; boundary="=_b1"']];
  const parts = [`Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${Buffer.from(plan.body).toString('latin1')}`, ...attachments.map(written)];
  const text = `${head.map(([name, value]) => `${name ?? ''}: ${value ?? ''}\r\n`).join('')}\r\n${parts.map((one) => `--=_b1\r\n${one}\r\n`).join('')}--=_b1--\r\n`;
  return { raw: Buffer.from(plan.raw(text), 'latin1'), envelope: plan.envelope };
}
