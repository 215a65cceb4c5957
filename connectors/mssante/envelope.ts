import type { Answers, Work } from '../../src/deliver/connector.ts';
import type { Envelope } from '../../src/domain/delivery.ts';
import type { MssanteConfig } from './config.ts';
import type { MailContent } from './content.ts';
import { mailOf, type FrozenMail } from './mail.ts';

export const archiveName = 'IHE_XDM.zip';

/** Without the installation's secret no true name can be shown, and no false one is. */
const keyed = 'fait à l’envoi avec la clé de l’installation / made on sending, with the installation’s key';

/** The headers a reviewer would look at, by their names, and the attachments in their order (design.md §6). */
const shown = (mail: FrozenMail, named: boolean): Record<string, unknown> => ({
  From: `${mail.from.name} <${mail.from.address}>`, To: mail.to, ...(mail.replyTo === '' ? {} : { 'Reply-To': mail.replyTo }),
  Subject: mail.subject, Date: new Date(mail.date).toUTCString().replace('GMT', '+0000'), 'Message-ID': named ? mail.messageId : keyed,
  ...(mail.earlier.length === 0 ? {} : { 'In-Reply-To': named ? mail.earlier.join(' ') : keyed, References: named ? mail.earlier.join(' ') : keyed }),
  ...Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  attachments: [archiveName, ...mail.documents.flatMap(({ pdf }) => (pdf === null ? [] : [pdf]))],
});

/** The address found for a recipient that the message gives none of. */
const found = (answers: Answers | null): string | null => (typeof answers?.to === 'string' ? answers.to : null);

/**
 * One mail, frozen (design.md §4). Step 0 is the mail itself, its facts as JSON under the id its notices will bear; each step
 * after it is a CDA that leaves inside, by its name in the journal: the archive, the PDF and the MIME are made of them again
 * for each attempt, the same bytes every time, and a document of several recipients is kept once.
 */
export function prepareMail(work: Work, config: MssanteConfig, answers: Answers | null): { envelope: Envelope; headers: Record<string, unknown> } {
  const content = work.content as unknown as MailContent;
  const to = content.to ?? found(answers);
  if (to === null) throw new TypeError('a mail without recipient');
  // A patient's mailbox passes the gate only as a qualified identity, maybe since the message came.
  const qualified = work.gate.messageQualified || work.gate.qualified;
  const mail = mailOf(content, to, qualified, config);
  return {
    envelope: { steps: [
      { name: 'mail', meta: { controlId: mail.token }, body: [Buffer.from(JSON.stringify(mail))] },
      ...content.documents.map(({ name }) => ({ name: 'document', meta: {}, body: [{ document: name, encoding: 'raw' as const }] })),
    ] },
    headers: shown(mail, config.secret.length > 0),
  };
}
