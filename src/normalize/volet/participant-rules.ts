import { as, finding, type Finding } from '../../domain/finding.ts';
import { isInsOid } from '../../domain/identity.ts';
import { isMailboxAddress } from '../../domain/mailbox-address.ts';
import type { Hl7Message } from '../../formats/hl7v2/model.ts';
import type { Flags, Participant } from './order.ts';
import type { Participants } from './participants.ts';
import type { Profile } from './version.ts';

/** The sender feeds the VIHF and the lot's author: a person or an application, and its organisation. 1.x had no PRT SB. */
function sender({ senders }: Participants, { toDmp }: Flags, { volet, orderControl, version }: Profile): Finding[] {
  if (volet === 'cda' ? toDmp !== true : false) return [];
  const missing = (what: string, place: string): Finding[] => {
    const found = finding('volet.sender-missing', place, what);
    return [orderControl || version === '2.0' ? found : as('warning', found)];
  };
  const [first] = senders;
  if (first === undefined) return missing('PRT', 'PRT');
  if (volet === 'lps') return first.address === '' ? missing('PRT-15-4', `${first.place}-15`) : [];
  if ((first.person?.id ?? '') === '' && first.device === '') return missing('PRT-5 / PRT-10', `${first.place}-5`);
  return (first.organization?.id ?? '') === '' ? missing('PRT-8-10', `${first.place}-8`) : [];
}

/** Someone the directory can be asked for: a person by a number, never by a name, else a structure by its own. */
const isNumbered = ({ person, organization }: Participant): boolean => (person ?? organization ?? { id: '' }).id !== '';

function addressOf(recipient: Participant, asked: boolean, lookUp: boolean): Finding[] {
  const { place, address } = recipient;
  const at = `${place}-15`;
  if (address === '') return asked ? [finding(lookUp && isNumbered(recipient) ? 'volet.recipient-looked-up' : 'volet.recipient-without-address', at, at)] : [];
  if (isMailboxAddress(address)) return [];
  const bad = finding('volet.address', at, at);
  return [asked ? bad : as('warning', bad)];
}

function professionals({ recipients }: Participants, { toProfessionals }: Flags, lookUp: boolean): Finding[] {
  const them = recipients.filter(({ kind }) => kind !== 'patient');
  if (toProfessionals === true && them.length === 0) return [finding('volet.recipient-missing', 'PRT')];
  return them.flatMap(recipient => addressOf(recipient, toProfessionals === true, lookUp));
}

const insOf = (message: Hl7Message): string => {
  const ins = message.first('PID').field(3).repetitions.find(cx => isInsOid(cx.text(4, 2).trim()) || (cx.text(5).trim() === 'INS'));
  return ins?.text(1).trim() ?? '';
};

/** The patient's mailbox is computed from the INS; an address given is only compared, and never used (VOLET, PRT RCT). */
const patient = (message: Hl7Message, { recipients }: Participants): Finding[] => recipients
  .filter(({ kind, address }) => kind === 'patient' && address !== '')
  .filter(({ address }) => address.slice(0, address.indexOf('@')) !== insOf(message) || !address.includes('@patient.'))
  .map(({ place }) => finding('volet.patient-address', `${place}-15`, `${place}-15`));

const replies = (given: Participants): Finding[] => given.replies.filter(({ address }) => !isMailboxAddress(address)).map(({ place }) => finding('volet.reply-address', `${place}-15`, `${place}-15`));

export const replyTo = (given: Participants): string => given.replies.find(({ address }) => isMailboxAddress(address))?.address ?? '';

/** `lookUp`: the mailbox of a recipient without an address is looked for, where the volet refuses. */
export const participantFindings = (message: Hl7Message, given: Participants, flags: Flags, profile: Profile, lookUp: boolean): Finding[] =>
  [...sender(given, flags, profile), ...professionals(given, flags, lookUp), ...patient(message, given), ...replies(given)];
