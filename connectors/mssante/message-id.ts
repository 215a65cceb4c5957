import { createHmac } from 'node:crypto';

/**
 * What names a mail for ever: the sending mailbox, the documents (a CDA's uniqueId is that of one version), what is done with
 * them, and the recipient. So the same mail made again has the same name, and the mail that a replacement or a deletion is
 * about can be named without being looked up. All documents count: a mail of one and a mail of it with another are two mails. A patient's address is the INS itself: in its place stands a word, since a
 * name goes where an INS may not, and an INS can be guessed from its digest. Made with a secret of the installation: who knows
 * a document's id and a mailbox cannot make the name, and so no notice about a mail that did not reach them.
 */
export interface Named {
  readonly secret: Uint8Array;
  readonly from: string;
  readonly documents: readonly string[];
  readonly deletion: boolean;
  readonly audience: 'professional' | 'patient';
  readonly to: string;
}

/** 32 hexadecimal digits: ENVID (RFC 3461 §4.4) and the left part of the Message-ID; what a notice is matched by. */
export function tokenOf({ secret, from, documents, deletion, audience, to }: Named): string {
  const parts = ['mssante', from.toLowerCase(), [...documents].sort(), deletion ? 'deletion' : 'document', audience === 'patient' ? 'patient' : to.toLowerCase()];
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

export const messageIdOf = (token: string, from: string): string => `<${token}@${from.slice(from.lastIndexOf('@') + 1).toLowerCase()}>`;

/** A UUID-derived OID (ITU-T X.667 §7) of the token. */
export const oidOf = (token: string): string => `2.25.${BigInt(`0x${token}`).toString()}`;
