import { finding, type Finding } from '../domain/finding.ts';
import type { System } from '../domain/delivery.ts';
import type { TransmissionOrder } from '../normalize/volet/order.ts';
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
  const to = (system: System, flag: string, make: (destination: RouteDestination) => readonly Row[]): void => {
    const destination = input.settings.destinations.find((one) => one.system === system);
    if (destination === undefined) findings.push(finding('route.destination-missing', flag, system));
    else rows.push(...make(destination));
  };
  if (order.flags.toDmp === true) {
    to('dmp', 'DESTDMP', (destination) => { const { row, findings: found } = dmpRow(input, order, destination); findings.push(...found); return [row]; });
    const establishments = needs(input, { qualified: true, dmp: true }).dmpConsentOf;
    if (establishments !== null && ['unknown', 'not-collected'].includes(alimentation(input.facts, establishments))) findings.push(finding('route.dmp-consent-unknown', 'DESTDMP'));
  }
  const mail = mailDecision(order.flags, input.source.strictness, 'MetaDMPMSS');
  findings.push(...mail.findings);
  const mails: Mails[] = [];
  const mailed = (made: Mails): readonly Row[] => { mails.push(made); return made.rows; };
  if (mail.professionals) to('mssante', 'DESTMSSANTEPS', (destination) => mailed(professionalMails(input, order, destination)));
  if (mail.patient) to('mssante', 'DESTMSSANTEPAT', (destination) => mailed(patientMail(input, order, destination)));
  // The same documents go to all: what is wrong with them is said once.
  findings.push(...(mails.find((one) => one.findings.length > 0)?.findings ?? []));
  return { rows, findings };
}
