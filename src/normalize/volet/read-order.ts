import { finding } from '../../domain/finding.ts';
import type { Identified } from '../../domain/message.ts';
import type { Hl7Message } from '../../formats/hl7v2/model.ts';
import type { ReadDocument } from '../../formats/reading.ts';
import { readAction } from './action.ts';
import { idFindings, replacedId } from './document-ids.ts';
import { documentFindings } from './document-rules.ts';
import { readFlags } from './flags.ts';
import { headerFindings } from './header-rules.ts';
import { readMailBodies, readReplyMark } from './mail.ts';
import { observations } from './observations.ts';
import type { TransmissionOrder } from './order.ts';
import { participantFindings, replyTo } from './participant-rules.ts';
import { readParticipants } from './participants.ts';
import { followed } from './version.ts';

/** Answers carry MSH-21 of the volet too, and order nothing. */
const isAnswer = (type: string): boolean => ['ACK', 'MCF', 'ZAM'].includes(type.split('^')[0] ?? '');

/**
 * What a message of the volets orders, with every rule it breaks (inbound.md §2, §5). Null outside the volets, and for
 * acknowledgements. `documents` are those of `readDocuments`; their own findings are not repeated here.
 * `lookUp`: recipients may be named without an address (docs/decisions/0005).
 */
export function readOrder(message: Hl7Message, documents: readonly ReadDocument[], identified: Identified, lookUp = false): TransmissionOrder | null {
  const following = followed(message);
  if (following === null || isAnswer(identified.type)) return null;
  const { profile, version } = following;
  const found = observations(message, profile.volet);
  const observed = found.filter(({ role }) => role === 'document');
  const { flags, findings: ofFlags } = readFlags(found, profile);
  const { action, findings: ofAction } = readAction(message, observed, profile);
  const participants = readParticipants(message);
  const { mailBody, findings: ofMail } = readMailBodies(found);
  const { patientCannotReply, findings: ofMark } = readReplyMark(found);
  return {
    volet: profile.volet, version, action, flags, patientCannotReply, sender: participants.senders[0] ?? null, recipients: participants.recipients,
    replyTo: replyTo(participants), mailBody, patientClass: message.first('PV1').text(2).trim(), documents, replaces: replacedId(message, documents, action),
    findings: [
      ...following.findings, ...headerFindings(message, profile, flags.toDmp === true), ...ofAction, ...documentFindings(message, observed, documents, profile),
      ...idFindings(message, documents, action), ...ofFlags, ...(flags.modifiesConfidentiality === true && action !== 'replace' ? [finding('volet.confidentiality-flag', 'OBX')] : []),
      ...participantFindings(message, participants, flags, profile, lookUp), ...ofMail, ...ofMark,
      ...found.filter(({ role }) => role === 'unknown').map(({ segment }) => finding('volet.observation-unknown', segment.place, segment.place)),
    ],
  };
}
