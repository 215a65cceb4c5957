import { finding, type Finding } from '../domain/finding.ts';
import type { System } from '../domain/delivery.ts';
import type { TransmissionOrder } from '../normalize/volet/order.ts';
import { dmpDestination } from './dmp-destination.ts';
import { dmpRow } from './dmp.ts';
import { mailDecision } from './mail-matrix.ts';
import { patientMail, professionalMails, type Mails } from './mail.ts';
import { needs } from './needs.ts';
import { alimentation } from '../facts/consent.ts';
import type { RouteDestination, RouteInput, Row } from './route.ts';

export interface Ordered { readonly rows: readonly Row[]; readonly findings: readonly Finding[] }

/** The deliveries that a message of the CDA volet orders by its own flags (MetaDMPMSS). */
export function ordered(input: RouteInput, order: TransmissionOrder): Ordered {
  const rows: Row[] = [];
  const findings: Finding[] = [];
  const missing = (system: System, flag: string): void => { findings.push(finding('route.destination-missing', flag, system)); };
  const mailbox = input.settings.destinations.find((one) => one.system === 'mssante');
  if (order.flags.toDmp === true) {
    const chosen = dmpDestination(input.settings.destinations, order.sender);
    if (chosen === null) missing('dmp', 'DESTDMP');
    else {
      const { row, findings: found } = dmpRow(input, order, chosen.destination, chosen.unserved);
      rows.push(row);
      findings.push(...found);
    }
    const establishments = needs(input, { qualified: true, dmp: true }).dmpConsentOf;
    if (establishments !== null && ['unknown', 'not-collected'].includes(alimentation(input.facts, establishments))) findings.push(finding('route.dmp-consent-unknown', 'DESTDMP'));
  }
  const mail = mailDecision(order.flags, input.source.strictness, 'MetaDMPMSS');
  findings.push(...mail.findings);
  const mails: Mails[] = [];
  const mailed = (flag: string, make: (destination: RouteDestination) => Mails): void => {
    if (mailbox === undefined) { missing('mssante', flag); return; }
    const made = make(mailbox);
    mails.push(made);
    rows.push(...made.rows);
  };
  if (mail.professionals) mailed('DESTMSSANTEPS', (destination) => professionalMails(input, order, destination));
  if (mail.patient) mailed('DESTMSSANTEPAT', (destination) => patientMail(input, order, destination));
  // The same documents go to all: what is wrong with them is said once.
  findings.push(...(mails.find((one) => one.findings.length > 0)?.findings ?? []));
  return { rows, findings };
}
