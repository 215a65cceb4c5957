import type { Communication, Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { prtToPractitionerRole } from '../segments/prt-to-practitioner-role.ts';
import { businessKey } from '../segments/order-numbers.ts';
import { push } from '../put.ts';
import type { Ledger, Tracked } from '../tracked.ts';
import { observations } from '../volet/observations.ts';
import type { TransmissionOrder } from '../volet/order.ts';

/** Y/N of a flag; anything else is kept as it is written. */
const answer = (obx: Tracked): Pick<ParametersParameter, 'valueBoolean' | 'valueString'> => {
  const text = obx.text(5);
  return text === 'Y' || text === 'N' ? { valueBoolean: text === 'Y' } : { valueString: text };
};

/**
 * The order of a volet message as Parameters: which volet, its flags by name, mail bodies as text, order control. They say what the gateway
 * must do, not what is true of the patient, so they have no place in a clinical resource and never leave with one.
 */
function orderParameters(ledger: Ledger, order: TransmissionOrder): Parameters {
  const parameter: ParametersParameter[] = [{ name: 'volet', valueCode: order.volet }];
  const control = ledger.first('ORC').text(1);
  if (control !== '') parameter.push({ name: 'ORC-1', valueCode: control });
  for (const { segment, role, code, notes } of observations(ledger.message, order.volet)) {
    const obx = ledger.of(segment);
    if (role === 'flag') {
      // The labels and OBX-11 of a flag are fixed by the volet (tables/structural.ts).
      // An empty flag is a fault of its own (volet rules), and no parameter.
      if (obx.text(5) !== '') parameter.push({ name: code, ...answer(obx) });
      [3, 5, 11].forEach(n => obx.carry(n));
    } else if (role === 'mail-body') {
      const text = code.toUpperCase() === 'CORPSMAIL_PATIENT' ? order.mailBody.patient : order.mailBody.professionals;
      if (text === null) continue;
      parameter.push({ name: order.volet === 'lps' ? [obx.text(3, 1), obx.text(3, 2)].join(' ').trim() : code, valueString: text });
      [3, 5, 11].forEach(n => obx.carry(n));
    }
    if (role !== 'document') for (const note of notes) {
      const mark = ledger.of(note), text = mark.text(4);
      if (text !== '') parameter.push({ name: `${code}/NTE-4`, valueString: text });
    }
  }
  return { resourceType: 'Parameters', parameter };
}

/** Sender and recipients (PRT) as one Communication about the documents: who must be told, and where. */
function communication(building: Building, ledger: Ledger, subject: string, documents: readonly string[], controlId: string): Communication | null {
  const made: Communication = { resourceType: 'Communication', identifier: [businessKey(building, 'communication', controlId)], status: 'preparation', subject: { reference: subject } };
  for (const prt of ledger.all('PRT')) {
    const role = prt.peek(4).trim().toUpperCase(), url = prtToPractitionerRole(building, prt);
    if (role === 'SB' && !made.sender) made.sender = { reference: url };
    else if (role === 'RCT') push(made, 'recipient', { reference: url });
  }
  for (const reference of documents) push(made, 'payload', { contentReference: { reference } });
  return made.sender ?? made.recipient ? made : null;
}

/** What a volet message orders, beside the documents themselves. */
export function addExchange(building: Building, ledger: Ledger, order: TransmissionOrder, subject: string, documents: readonly string[], controlId: string): void {
  building.add(orderParameters(ledger, order), 'ORC');
  const told = communication(building, ledger, subject, documents, controlId);
  if (told) building.add(told, 'PRT');
}
