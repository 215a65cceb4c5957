import { isMailboxAddress, mailDomainOf } from '../../src/domain/mailbox-address.ts';
import type { Submission } from '../../src/formats/xds/submission.ts';
import { bodyOf } from './body.ts';
import type { MssanteConfig } from './config.ts';
import type { MailContent } from './content.ts';
import { messageIdOf, oidOf, tokenOf } from './message-id.ts';
import { pdfNames } from './pdf-name.ts';
import { mailSubmission } from './submission.ts';
import { subjectOf } from './subject.ts';

/** A whole mail but the bytes of its documents: JSON, frozen in the envelope. */
export interface FrozenMail {
  /** ENVID, and what a notice is matched by. */
  readonly token: string;
  readonly messageId: string;
  /** Epoch ms. */
  readonly date: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo: string;
  readonly subject: string;
  /** Message-IDs of the mails that it replaces or withdraws. */
  readonly earlier: readonly string[];
  /** X-MSS-* and Disposition-Notification-To, in the exact case (ECO.2.4.1 to 2.4.3, 2.2.8, 2.3.2). */
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly text: string;
  readonly submission: Submission;
  /** In the order of the envelope's steps after the first. */
  readonly documents: readonly { readonly id: string; readonly mimeType: string; /** Name of the PDF taken from it; null when it holds none. */ readonly pdf: string | null }[];
}

/** What is said beside the document, on every mail (mss.md §3.1). */
function headersOf(content: MailContent, { nil, from }: MssanteConfig, ins: boolean): FrozenMail['headers'] {
  const codes = [...new Set(content.documents.flatMap(({ entry }) => (entry.typeCode === null ? [] : [entry.typeCode.code])))];
  return [
    { key: 'X-MSS-NIL', value: nil },
    { key: 'X-MSS-CODECDA', value: codes.join(',') },
    { key: 'X-MSS-INS', value: ins ? 'O' : 'N' },
    ...(content.audience === 'patient' && content.patientCannotReply ? [{ key: 'X-MSS-MES', value: 'FIN' }] : []),
    ...(content.reading ? [{ key: 'Disposition-Notification-To', value: from.address }] : []),
  ];
}

/** Mon espace santé: an address there is a citizen's INS. */
export const isPatient = (address: string): boolean => mailDomainOf(address) === 'patient.mssante.fr';

/** A citizen who may not answer is given no address to answer to. A citizen's own address stays: the mail is held for it. */
const replyToOf = ({ audience, patientCannotReply, replyTo }: MailContent): string => (audience === 'patient' && patientCannotReply ? '' : replyTo);

/** The mail of one recipient (mss.md §3, to the letter). Pure: the same content and settings give the same mail. @throws TypeError when `to` is not one address */
export function mailOf(content: MailContent, to: string, qualified: boolean, config: MssanteConfig): FrozenMail {
  const { audience, action, documents, patient, receivedAt } = content;
  if (!isMailboxAddress(to)) throw new TypeError('a recipient that is not one address');
  const named = { secret: config.secret, from: config.from.address, audience, to };
  const token = tokenOf({ ...named, documents: documents.map(({ entry }) => entry.uniqueId), deletion: action === 'delete' });
  const earlier = action === 'submit' || content.earlier.length === 0 ? [] : [messageIdOf(tokenOf({ ...named, documents: content.earlier, deletion: false }), config.from.address)];
  const names = pdfNames(documents, patient);
  const ins = qualified && documents.every(({ entry, traits }) => entry.patientId !== '' && traits);
  const submission = mailSubmission(content, { qualified, uniqueId: oidOf(token), sourceId: config.sourceId });
  return {
    token, messageId: messageIdOf(token, config.from.address), date: receivedAt, from: config.from, to,
    replyTo: replyToOf(content),
    subject: subjectOf(content), earlier, headers: headersOf(content, config, ins), text: bodyOf(content, documents.filter(({ pdf }) => pdf).length),
    submission, documents: documents.map(({ entry, pdf }, i) => ({ id: submission.documents[i]?.id ?? '', mimeType: entry.mimeType, pdf: pdf ? names[i] ?? null : null })),
  };
}
