import MimeNode from 'nodemailer/lib/mime-node';
import { pdfOfCda } from '../../src/formats/cda/pdf.ts';
import { writeXdm } from '../../src/formats/xdm/write.ts';
import { archiveName } from './envelope.ts';
import type { FrozenMail } from './mail.ts';

/** Says to whoever has the mail already that it may be the same one; RFC 5322 has no word for it. */
const duplicateFlag = { key: 'X-Passerelle-Possible-Duplicate', value: 'true' } as const;

/** nodemailer writes `X-Mss-Ins`, and some operators' filters know the exact case only (mss.md §7). */
const exactCase = (key: string): string => (/^x-mss-/i.test(key) ? key.toUpperCase() : key);

/** Named by Content-Disposition alone (RFC 2231): in a Content-Type nodemailer writes accents as RFC 2047 words, which its §5 forbids. */
function attach(root: MimeNode, type: string, name: string, content: Uint8Array): void {
  root.createChild(type).setHeader({ 'Content-Disposition': `attachment; filename="${name}"`, 'Content-Transfer-Encoding': 'base64' }).setContent(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
}

/**
 * The bytes that leave: text, IHE_XDM.zip, one PDF a CDA (mss.md §3.3, §3.4). The same mail gives the same bytes, boundaries
 * included; only an attempt that may be a second one says so. Rejects when the documents are not those of the metadata.
 */
export async function mimeOf(mail: FrozenMail, bodies: readonly Uint8Array[], possibleDuplicate: boolean): Promise<Buffer> {
  const documents = mail.documents.map((document, i) => ({ ...document, bytes: bodies[i] ?? new Uint8Array() }));
  const archive = await writeXdm({ submission: mail.submission, documents, at: mail.date });
  const root = new MimeNode('multipart/mixed', { baseBoundary: mail.token, normalizeHeaderKey: exactCase, disableFileAccess: true, disableUrlAccess: true, newline: 'windows' });
  const threads = mail.earlier.length === 0 ? {} : { 'In-Reply-To': mail.earlier.join(' '), References: mail.earlier.join(' ') };
  root.setHeader({
    From: { name: mail.from.name, address: mail.from.address }, To: mail.to, ...(mail.replyTo === '' ? {} : { 'Reply-To': mail.replyTo }), Subject: mail.subject,
    Date: new Date(mail.date).toUTCString().replace('GMT', '+0000'), 'Message-ID': mail.messageId, ...threads,
  });
  root.addHeader([...mail.headers, ...(possibleDuplicate ? [duplicateFlag] : [])]);
  root.createChild('text/plain; charset=utf-8').setContent(mail.text);
  attach(root, 'application/zip', archiveName, archive);
  for (const { pdf, bytes } of documents) {
    const content = pdf === null ? null : pdfOfCda(bytes);
    if (pdf !== null && content !== null) attach(root, 'application/pdf', pdf, content);
  }
  return root.build();
}
