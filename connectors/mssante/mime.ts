import MailComposer from 'nodemailer/lib/mail-composer';
import { pdfOfCda } from '../../src/formats/cda/pdf.ts';
import { writeXdm } from '../../src/formats/xdm/write.ts';
import { archiveName } from './envelope.ts';
import type { FrozenMail } from './mail.ts';

/** Says to whoever has the mail already that it may be the same one; RFC 5322 has no word for it. */
const duplicateFlag = { key: 'X-Passerelle-Possible-Duplicate', value: 'true' } as const;

/** nodemailer writes `X-Mss-Ins`, and some operators' filters know the exact case only (mss.md §7). */
const exactCase = (key: string): string => (/^x-mss-/i.test(key) ? key.toUpperCase() : key);

/**
 * The bytes that leave: text, IHE_XDM.zip, one PDF a CDA (mss.md §3.3, §3.4). The same mail gives the same bytes, boundaries
 * included; only an attempt that may be a second one says so. Rejects when the documents are not those of the metadata.
 */
export async function mimeOf(mail: FrozenMail, bodies: readonly Uint8Array[], possibleDuplicate: boolean): Promise<Buffer> {
  const documents = mail.documents.map((document, i) => ({ ...document, bytes: bodies[i] ?? new Uint8Array() }));
  const archive = await writeXdm({ submission: mail.submission, documents, at: mail.date });
  const copies = documents.flatMap(({ pdf, bytes }) => {
    const content = pdf === null ? null : pdfOfCda(bytes);
    return pdf === null || content === null ? [] : [{ filename: pdf, content: Buffer.from(content), contentType: 'application/pdf' }];
  });
  const composer = new MailComposer({
    from: { name: mail.from.name, address: mail.from.address }, to: mail.to, ...(mail.replyTo === '' ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject, date: new Date(mail.date), messageId: mail.messageId, ...(mail.earlier.length === 0 ? {} : { inReplyTo: mail.earlier.join(' '), references: [...mail.earlier] }),
    headers: [...mail.headers, ...(possibleDuplicate ? [duplicateFlag] : [])],
    text: mail.text, attachments: [{ filename: archiveName, content: Buffer.from(archive), contentType: 'application/zip' }, ...copies],
    baseBoundary: mail.token, normalizeHeaderKey: exactCase, disableFileAccess: true, disableUrlAccess: true, newline: 'windows',
  });
  return composer.compile().build();
}
