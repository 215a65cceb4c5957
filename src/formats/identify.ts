import { createHash } from 'node:crypto';
import type { Identified } from '../domain/message.ts';
import { identifyHl7 } from './hl7v2/identify.ts';
import { identifyMail, isUnreadable, readNotice } from './notice/read.ts';

const [LT, BOM0, BOM1, BOM2] = [0x3c, 0xef, 0xbb, 0xbf];

/** First byte that says something: after a BOM and white space. */
function firstByte(bytes: Uint8Array): number | undefined {
  let at = bytes[0] === BOM0 && bytes[1] === BOM1 && bytes[2] === BOM2 ? 3 : 0;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d; byte = bytes[at]) at++;
  return bytes[at];
}

/** Which format, and what can be said of it cheaply. Never throws. An XML document has no control id: exactly-once is by its own id. */
export function identify(bytes: Uint8Array): Identified {
  if (firstByte(bytes) === LT) return { format: 'cda', type: 'CDA', sender: '', controlId: '', charset: '', processing: '', enhanced: false };
  return identifyHl7(bytes);
}

/**
 * A mail off a mailbox, by its header: `MAIL^delivery`, `MAIL^person`, `MAIL^unreadable`… Its control id is its Message-ID and the hash of all its
 * bytes: a mail fetched twice is one, and a forged Message-ID takes no other's place.
 */
export function identifyMailbox(bytes: Uint8Array): Identified {
  const { kind: told, messageId } = identifyMail(bytes);
  // What calls itself a report is looked into: one that tells nothing is listed apart.
  const kind = (told === 'delivery' || told === 'disposition') && isUnreadable(readNotice(bytes)) ? 'unreadable' : told;
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { format: 'mail', type: `MAIL^${kind}`, sender: '', controlId: `${messageId.slice(0, 250)} ${hash}`, charset: '', processing: '', enhanced: false };
}

/** As `identify`, but what a mailbox brings is a mail, whatever it looks like, and what anything else brings never is. */
export const identifyFrom = (bytes: Uint8Array, mailbox: boolean): Identified => (mailbox ? identifyMailbox(bytes) : identify(bytes));
