import type { MessageHeader } from '@medplum/fhirtypes';
import { dateTime } from '../datatypes/date-time.ts';
import { authoritySystem, identifierType } from '../datatypes/identifier.ts';
import { messageLanguage } from '../datatypes/language.ts';
import { push } from '../put.ts';
import { localAuthority, tableSystem } from '../tables/code-systems.ts';
import { own, v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

/** Address of an application or facility named in the message: FHIR wants a URL, the message gives a name. */
const endpoint = (name: string, id: string, type: string): string => authoritySystem(name, id, type) || localAuthority('unknown');

const hd = (segment: Tracked, n: number): [string, string, string] => {
  const part = segment.part(n);
  return part ? [part.text(1), part.text(2), part.text(3)] : ['', '', ''];
};

/** Events of PAM France that table 0003 does not have (CodeSystem pam-event of our profiles). */
const pamEvents = new Set(['Z99']);

/**
 * MSH as MessageHeader: the event is table 0003, source and destination are MSH-3 and 5 with the facilities as sender and
 * receiver. Its type as written (MSH-9), its own profile (MSH-21) and its processing id (MSH-11) are tags; MSH-10 goes to Bundle.identifier.
 */
export function mshToMessageHeader(msh: Tracked): MessageHeader {
  const event = msh.text(9, 2), type = msh.text(9, 1), structure = msh.text(9, 3);
  const [application, applicationId, applicationType] = hd(msh, 3), [to, toId, toType] = hd(msh, 5);
  const made: MessageHeader = {
    resourceType: 'MessageHeader',
    eventCoding: { system: pamEvents.has(event) ? `${own}/CodeSystem/pam-event` : v2('0003'), code: event === '' ? type : event },
    source: { ...(application === '' ? {} : { name: application }), endpoint: endpoint(application, applicationId, applicationType) },
  };
  const sender = hd(msh, 4), receiver = hd(msh, 6);
  const facility = ([name, id, kind]: [string, string, string]) => {
    const system = authoritySystem(name, id, kind);
    return { display: name || id, ...(id === '' ? {} : { identifier: { type: identifierType('XX'), system, value: id } }) };
  };
  if (sender[0] || sender[1]) made.sender = facility(sender);
  if (to || toId || receiver[0] || receiver[1]) {
    made.destination = [{ ...(to === '' ? {} : { name: to }), endpoint: endpoint(to, toId, toType), ...(receiver[0] || receiver[1] ? { receiver: facility(receiver) } : {}) }];
  }
  // What is no language is left unread, and so told as lost.
  const language = messageLanguage(msh.peek(19));
  if (language !== '') { made.language = language; msh.text(19); }
  made.meta = { tag: [{ system: `${own}/CodeSystem/message-type`, code: [type, event, structure].filter(text => text !== '').join('^') }] };
  const processing = msh.text(11);
  if (processing !== '') push(made.meta, 'tag', { system: tableSystem(v2('0103'), processing, msh.peek(4)), code: processing });
  for (const profile of msh.parts(21)) push(made.meta, 'tag', { system: `${own}/CodeSystem/message-profile`, code: profile.all() });
  const security = msh.text(8);
  if (security !== '') push(made.meta, 'security', { display: security });
  const responsible = msh.part(22);
  if (responsible) made.responsible = { display: responsible.all() };
  return made;
}

/** MSH-7 as an instant; '' when it is not precise enough. */
export function sentAt(msh: Tracked, zone: string): string {
  const at = dateTime(msh.peek(7), zone);
  return at.length > 10 ? msh.time(zone, 7) : '';
}
